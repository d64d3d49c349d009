namespace SafeHarbor.ServiceDefaults.Limits;

/// <summary>
/// What has arrived and is yet to be let in, by network: each in its turn, and each so often a second. So who comes alone waits for nobody, and what comes in thousands of one network waits for itself.
/// </summary>
/// <param name="most">How many of one network may wait; one more, and the one that has waited longest goes.</param>
/// <param name="perSecond">How many of one network are let in a second; as many may come in one instant as in an eighth of that.</param>
/// <param name="time">Measures it.</param>
internal sealed class ArrivalQueues<T>(int most, int perSecond, TimeProvider time) where T : class
{
    // So many networks are remembered that have nothing waiting; with more, those that have rested are forgotten.
    private const int MostResting = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<ClientNetwork, Arrivals> _networks = [];
    private readonly LinkedList<Arrivals> _turns = [];

    private double Burst => Math.Max(1, perSecond / 8.0);

    /// <summary>One more.</summary>
    /// <returns>Who goes for it; null when nobody does.</returns>
    public T? Add(ClientNetwork network, T newcomer)
    {
        lock (_gate)
        {
            if (!_networks.TryGetValue(network, out var arrivals))
            {
                Forget();
                _networks.Add(network, arrivals = new() { Allowance = Burst, At = time.GetTimestamp() });
            }
            arrivals.Waiting.Enqueue(newcomer);
            if (arrivals.Turn.List is null)
                _turns.AddLast(arrivals.Turn);
            return arrivals.Waiting.Count > most ? arrivals.Waiting.Dequeue() : null;
        }
    }

    /// <summary>The next; null when none may be let in yet, and how long it takes until one may, or for ever when none waits.</summary>
    public T? Next(out TimeSpan wait)
    {
        lock (_gate)
        {
            wait = Timeout.InfiniteTimeSpan;
            for (var turn = _turns.First; turn is not null; turn = turn.Next)
            {
                var arrivals = turn.Value;
                Replenish(arrivals);
                if (arrivals.Allowance < 1)
                {
                    var until = TimeSpan.FromSeconds((1 - arrivals.Allowance) / perSecond);
                    wait = wait == Timeout.InfiniteTimeSpan || until < wait ? until : wait;
                    continue;
                }
                arrivals.Allowance--;
                _turns.Remove(turn);
                var next = arrivals.Waiting.Dequeue();
                if (arrivals.Waiting.Count > 0)
                    _turns.AddLast(turn);
                return next;
            }
            return null;
        }
    }

    /// <summary>All that wait; they wait no more.</summary>
    public IReadOnlyList<T> Clear()
    {
        lock (_gate)
        {
            IReadOnlyList<T> waiting = [.. _turns.SelectMany(arrivals => arrivals.Waiting)];
            _turns.Clear();
            _networks.Clear();
            return waiting;
        }
    }

    private void Replenish(Arrivals arrivals)
    {
        var now = time.GetTimestamp();
        arrivals.Allowance = Math.Min(Burst, arrivals.Allowance + time.GetElapsedTime(arrivals.At, now).TotalSeconds * perSecond);
        arrivals.At = now;
    }

    private void Forget()
    {
        if (_networks.Count < MostResting)
            return;
        foreach (var (network, arrivals) in _networks)
            if (arrivals.Turn.List is null && time.GetElapsedTime(arrivals.At) > TimeSpan.FromSeconds(1))
                _networks.Remove(network);
    }

    private sealed class Arrivals
    {
        public Arrivals() => Turn = new(this);

        public Queue<T> Waiting { get; } = [];
        public LinkedListNode<Arrivals> Turn { get; }
        public double Allowance { get; set; }
        public long At { get; set; }
    }
}
