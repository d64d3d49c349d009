using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SafeHarbor.Notification.Tests.Running;

/// <summary>Keeps every log line of every level, to be searched for what must not be in it.</summary>
internal sealed class LogCollector(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
