using MassTransit;
using SafeHarbor.Messaging.Handling;

namespace SafeHarbor.Messaging.Supervision;

/// <summary>Turns the receipt from one queue off and on, without a trace in the messages: what was held goes back to the queue. Knows whether anything comes.</summary>
internal sealed class EndpointSwitch(string queue, GroupCommit group) : IReceiveEndpointObserver, IReceiveObserver
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    private volatile IReceiveEndpoint? _endpoint;
    private long _arrived;
    private long _arrivedBefore;
    private int _held;

    public string Queue => queue;

    public bool IsOff { get; private set; }

    /// <inheritdoc cref="GroupCommit.Away"/>
    public TimeSpan Away => group.Away;

    /// <summary>Nothing is held here, and nothing has come since the last call.</summary>
    public bool WasIdle()
    {
        var arrived = Interlocked.Read(ref _arrived);
        var none = arrived == _arrivedBefore && Volatile.Read(ref _held) == 0;
        _arrivedBefore = arrived;
        return none;
    }

    public async Task TurnOffAsync(CancellationToken cancellation)
    {
        if (_endpoint is not { } endpoint)
            return;
        IsOff = true;
        // First no more comes, then what is here goes back.
        var stopping = endpoint.Stop(cancellation);
        group.Release();
        // What is wrong with its connection may keep it from ending; then it cannot be turned on either, until it has.
        await stopping.WaitAsync(LongestStop, cancellation);
    }

    /// <summary>Starts it; MassTransit connects on its own, as often as it takes.</summary>
    public void TurnOn()
    {
        if (_endpoint is not { } endpoint)
            return;
        group.Resume();
        endpoint.Start(CancellationToken.None);
        IsOff = false;
    }

    /// <summary>As a fault would: nobody is told, and nothing starts it again but the watch.</summary>
    internal Task StopSilentlyAsync(CancellationToken cancellation) => _endpoint!.Stop(cancellation);

    public Task Ready(ReceiveEndpointReady ready)
    {
        if (_endpoint != ready.ReceiveEndpoint)
            ready.ReceiveEndpoint.ConnectReceiveObserver(this);
        _endpoint = ready.ReceiveEndpoint;
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;

    public Task PreReceive(ReceiveContext context)
    {
        Interlocked.Increment(ref _arrived);
        Interlocked.Increment(ref _held);
        return Task.CompletedTask;
    }

    public Task PostReceive(ReceiveContext context) => Done();

    public Task ReceiveFault(ReceiveContext context, Exception exception) => Done();

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) where T : class => Task.CompletedTask;

    private Task Done()
    {
        Interlocked.Decrement(ref _held);
        return Task.CompletedTask;
    }
}
