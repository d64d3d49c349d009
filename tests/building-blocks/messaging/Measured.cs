using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace SafeHarbor.Messaging.Tests;

/// <summary>What an instrument of messaging has recorded, in this process, since this began.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<double> _values = new();

    public Measured(Instrument instrument)
    {
        _listener.SetMeasurementEventCallback<double>((_, value, _, _) => _values.Enqueue(value));
        _listener.EnableMeasurementEvents(instrument);
        _listener.Start();
    }

    /// <summary>From the smallest to the largest.</summary>
    public double[] Sorted => [.. _values.Order()];

    public void Dispose() => _listener.Dispose();
}
