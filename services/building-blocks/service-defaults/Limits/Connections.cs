using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using SafeHarbor.Contracts;

namespace SafeHarbor.ServiceDefaults.Limits;

/// <summary>
/// How many connections there are, and whose. One on which no valid token was seen yet is unknown: of those there may be so many in all and so many of one network,
/// and one more closes the one that has done nothing for longest, in its own network when that is full, else in the most crowded one. A newcomer is let in because nobody can see
/// yet whether it is an officer; it has the time that a request takes until it is known, and then nobody's connections count against it.
/// </summary>
internal sealed class Connections(LimitSettings limits, Refusals refusals, TimeProvider time)
{
    private readonly Lock _counting = new();
    private readonly Dictionary<ClientNetwork, LinkedList<GuardedConnection>> _unknownOf = [];
    private readonly Dictionary<Organization, int> _knownOf = [];
    private int _unknown;
    private int _known;

    /// <summary>One more; another one may be closed for it.</summary>
    /// <param name="connection">The new one.</param>
    /// <param name="isProxys">It is a trusted proxy's: many clients', and known from the beginning.</param>
    /// <returns>False when it is the one to go.</returns>
    public bool Enter(GuardedConnection connection, bool isProxys)
    {
        GuardedConnection? closed = null;
        lock (_counting)
        {
            connection.At = time.GetTimestamp();
            if (isProxys)
                (connection.IsKnown, _known) = (true, _known + 1);
            else
                Add(connection);
            if (!isProxys && _unknownOf[connection.Network] is var own && own.Count > limits.ConnectionsPerNetwork)
                closed = Close(own.First!.Value, RefusedBy.Network);
            else if (_unknown > 0 && (_unknown > limits.MostUnknown || _unknown + _known > limits.Connections))
                closed = Close(MostCrowded().First!.Value, RefusedBy.Unknown);
            else if (_known > limits.Connections)
                return Refuse(connection);
        }

        // Not under the lock: closing runs others' code.
        closed?.Transport.Abort(Closing("Too many connections without a valid token."));
        return closed != connection;
    }

    /// <summary>Something began or ended on a connection.</summary>
    /// <param name="connection">The connection; a known one's doings are not followed.</param>
    /// <param name="requests">1 for a request's begin, -1 for its end, 0 for its first bytes.</param>
    public void Mark(GuardedConnection connection, int requests)
    {
        if (connection.IsKnown)
            return;
        lock (_counting)
        {
            if (connection.Place.List is not { } list)
                return;
            connection.Requests += requests;
            connection.Stage = connection.Requests > 0 ? ConnectionStage.Busy : requests == 0 ? ConnectionStage.Opening : ConnectionStage.Idle;
            connection.At = time.GetTimestamp();
            list.Remove(connection.Place);
            list.AddLast(connection.Place);
        }
    }

    /// <summary>A valid token was seen on it. It stays unknown when the organization has its share of known ones, or all together theirs.</summary>
    public void Know(GuardedConnection connection, Organization organization)
    {
        if (connection.IsKnown)
            return;
        lock (_counting)
        {
            if (connection.Place.List is null || _known >= limits.MostKnown)
                return;
            ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(_knownOf, organization, out _);
            if (own >= limits.ConnectionsPerOrganization)
                return;
            own++;
            _known++;
            Remove(connection);
            (connection.IsKnown, connection.Organization) = (true, organization);
        }
    }

    /// <summary>It has ended, however.</summary>
    public void Leave(GuardedConnection connection)
    {
        lock (_counting)
        {
            if (!connection.IsKnown)
            {
                Remove(connection);
                return;
            }

            _known--;
            if (connection.Organization is { } organization && --CollectionsMarshal.GetValueRefOrAddDefault(_knownOf, organization, out _) <= 0)
                _knownOf.Remove(organization);
        }
    }

    /// <summary>Closes the unknown ones on which nothing is going on.</summary>
    public void CloseIdle()
    {
        var closed = new List<GuardedConnection>();
        lock (_counting)
        {
            foreach (var list in _unknownOf.Values)
                for (var place = list.First; place is not null && IsOver(place.Value, limits.UnknownIdle); place = place.Next)
                    if (place.Value.Stage is ConnectionStage.Silent or ConnectionStage.Idle
                        // The server itself gives up a slow head; it does not see a handshake that is followed by nothing.
                        || place.Value.Stage == ConnectionStage.Opening && IsOver(place.Value, limits.UnknownIdle + limits.HeadTimeout))
                        closed.Add(place.Value);
            closed.ForEach(connection => Close(connection, RefusedBy.Idle));
        }

        closed.ForEach(connection => connection.Transport.Abort(Closing("Nothing was sent on it.")));
    }

    private static ConnectionAbortedException Closing(string why) => new(why);

    private bool IsOver(GuardedConnection connection, TimeSpan patience) => time.GetElapsedTime(connection.At) > patience;

    private bool Refuse(GuardedConnection connection)
    {
        refusals.Count(RefusedBy.Connections);
        connection.Transport.Abort(Closing("Too many connections."));
        return false;
    }

    // A look at every network, which is at most one for each unknown connection.
    private LinkedList<GuardedConnection> MostCrowded() => _unknownOf.Values.Aggregate((most, list) =>
        list.Count > most.Count || list.Count == most.Count && list.First!.Value.At < most.First!.Value.At ? list : most);

    private GuardedConnection Close(GuardedConnection connection, RefusedBy reason)
    {
        Remove(connection);
        refusals.Count(reason);
        return connection;
    }

    private void Add(GuardedConnection connection)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(_unknownOf, connection.Network, out _);
        (list ??= new()).AddLast(connection.Place);
        _unknown++;
    }

    private void Remove(GuardedConnection connection)
    {
        if (connection.Place.List is not { } list)
            return;
        list.Remove(connection.Place);
        _unknown--;
        if (list.Count == 0)
            _unknownOf.Remove(connection.Network);
    }
}
