using Npgsql;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Intake.Disclosure;

/// <summary>
/// Lets who has just accepted read at once: the grant that another service gives is still on its way then, so a look that finds none waits for it, for a bounded time.
/// What is refused is refused after that same time whether it exists or not. All settings are under <c>Disclosure</c>: <c>WaitForGrant</c>, 2 s from the request's first look
/// (zero never waits); <c>Waiting</c> and <c>WaitingOfOrganization</c>, 256 and 32: how many may wait at once, beyond which the answer comes at once.
/// </summary>
/// <remarks>Whoever waits holds no connection to the database: all of them are looked for together, in one statement.</remarks>
public sealed class AwaitedGrants
{
    // What another instance has committed; what this one has is told.
    private static readonly TimeSpan Net = TimeSpan.FromMilliseconds(100);

    private const string Come = """
        select a.report_id, a.organization from unnest($1, $2) as a(report_id, organization)
        where exists (select from grants g where g.report_id = a.report_id and g.organization = a.organization and g.expires_at > now())
        """;

    private readonly Lock _gate = new();
    private readonly Dictionary<(Guid ReportId, Organization Organization), Awaited> _awaited = [];
    private readonly Dictionary<Organization, int> _ofOrganization = [];
    private readonly UnitStore _store;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopping;
    private readonly TimeSpan _within;
    private readonly int _most;
    private readonly int _mostOfOrganization;
    private int _waiting;
    private bool _isLooking;

    /// <summary>Throws <see cref="StartRefusedException"/> when a setting makes no sense.</summary>
    public AwaitedGrants(UnitStore store, IConfiguration configuration, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        (_store, _time, _stopping) = (store, time, lifetime.ApplicationStopping);
        var settings = configuration.GetSection("Disclosure");
        _within = settings.GetValue("WaitForGrant", TimeSpan.FromSeconds(2));
        (_most, _mostOfOrganization) = (settings.GetValue("Waiting", 256), settings.GetValue("WaitingOfOrganization", 32));
        if (_within < TimeSpan.Zero || _within > TimeSpan.FromSeconds(30) || _most < 0 || _mostOfOrganization < 0)
            throw new StartRefusedException("Disclosure:WaitForGrant is a time from 00:00:00 to 00:00:30, Disclosure:Waiting and Disclosure:WaitingOfOrganization are numbers from 0 on. Correct or remove them.");
    }

    /// <summary>How many wait just now.</summary>
    internal int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting;
        }
    }

    /// <summary>What a caller may see of a report: at once when it may, else once more when a grant of its organization has come.</summary>
    /// <param name="reportId">The report, which need not exist.</param>
    /// <param name="organization">The caller's.</param>
    /// <param name="look">Looks; null when the caller may not see it, or it is not there.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <returns>What was seen; null when no grant has come in time.</returns>
    public async Task<T?> FindAsync<T>(Guid reportId, Organization organization, Func<Task<T?>> look, CancellationToken cancellation) where T : class
    {
        var started = _time.GetTimestamp();
        if (await look() is { } found)
            return found;
        if (!MayBeGiven(organization) || Enter(reportId, organization) is not { } come)
            return null;
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stopping);
            var left = _within - _time.GetElapsedTime(started);
            // From the beginning on: the answer's time does not even say how long it took to see that there is nothing.
            await Task.WhenAny(come, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, stop.Token));
            cancellation.ThrowIfCancellationRequested();
            return come.IsCompleted ? await look() : null;
        }
        finally
        {
            Leave(reportId, organization);
        }
    }

    /// <summary>A grant was committed: whoever waits for it looks again.</summary>
    public void Tell(Guid reportId, Organization organization)
    {
        lock (_gate)
        {
            if (_awaited.TryGetValue((reportId, organization), out var awaited))
                awaited.Come.TrySetResult();
        }
    }

    // An agency reads what it has reported, and is given nothing by other services.
    private bool MayBeGiven(Organization organization) => organization.Kind != Organization.LawEnforcement && _within > TimeSpan.Zero;

    private Task? Enter(Guid reportId, Organization organization)
    {
        lock (_gate)
        {
            var ofOrganization = _ofOrganization.GetValueOrDefault(organization);
            if (_waiting >= _most || ofOrganization >= _mostOfOrganization)
                return null;
            _waiting++;
            _ofOrganization[organization] = ofOrganization + 1;
            if (!_awaited.TryGetValue((reportId, organization), out var awaited))
                _awaited.Add((reportId, organization), awaited = new());
            awaited.Readers++;
            if (!_isLooking)
            {
                _isLooking = true;
                _ = Task.Run(LookAsync, CancellationToken.None);
            }
            return awaited.Come.Task;
        }
    }

    private void Leave(Guid reportId, Organization organization)
    {
        lock (_gate)
        {
            _waiting--;
            if (--_ofOrganization[organization] == 0)
                _ofOrganization.Remove(organization);
            if (--_awaited[(reportId, organization)].Readers == 0)
                _awaited.Remove((reportId, organization));
        }
    }

    private async Task LookAsync()
    {
        while (Asked() is { Count: > 0 } asked)
        {
            try
            {
                await foreach (var (reportId, organization) in ComeAsync(asked))
                    Tell(reportId, organization);
            }
            catch (Exception failed) when (failed is NpgsqlException or TimeoutException or InvalidOperationException or OperationCanceledException)
            {
                // Nobody waits for longer than a moment, and the next look says what is wrong.
            }
            await Task.Delay(Net, _time, _stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // None: the next who waits begins anew.
    private List<(Guid ReportId, Organization Organization)> Asked()
    {
        lock (_gate)
        {
            List<(Guid, Organization)> asked = _stopping.IsCancellationRequested ? [] : [.. _awaited.Where(a => !a.Value.Come.Task.IsCompleted).Select(a => a.Key)];
            _isLooking = asked.Count > 0;
            return asked;
        }
    }

    private async IAsyncEnumerable<(Guid ReportId, Organization Organization)> ComeAsync(List<(Guid ReportId, Organization Organization)> asked)
    {
        await using var row = await _store.ReadAsync(Reader.Service, _stopping, new NpgsqlBatchCommand(Come)
        {
            Parameters = { new() { Value = asked.Select(a => a.ReportId).ToArray() }, new() { Value = asked.Select(a => a.Organization.Text).ToArray() } },
        });
        while (await row.ReadAsync(_stopping))
            yield return (row.GetGuid(0), Organization.Parse(row.GetString(1)));
    }

    private sealed class Awaited
    {
        public TaskCompletionSource Come { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public int Readers { get; set; }
    }
}
