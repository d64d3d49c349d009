using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace SafeHarbor.ServiceDefaults.Telemetry;

/// <summary>
/// One line for one entry, whatever is in it: line ends become spaces and other control characters are written as <c>\u001B</c>, so that nobody who
/// gets a text into the log can write entries of his own or commands to the operator's terminal. The framework's single-line format replaces the line feed only.
/// </summary>
internal sealed class PlainConsole(TimeProvider time) : ConsoleFormatter(Format)
{
    public const string Format = "plain";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var text = new StringBuilder(256)
            .Append(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
            .Append(' ').Append(NameOf(logEntry.LogLevel)).Append(": ").Append(logEntry.Category)
            .Append(CultureInfo.InvariantCulture, $"[{logEntry.EventId.Id}] ").Append(message);
        if (logEntry.Exception is { } exception)
            text.Append(' ').Append(exception);
        foreach (var chunk in text.GetChunks())
            WriteVisibly(chunk.Span, textWriter);
        textWriter.Write('\n');
    }

    private static void WriteVisibly(ReadOnlySpan<char> text, TextWriter writer)
    {
        while (text.Length > 0)
        {
            var plain = 0;
            while (plain < text.Length && !IsHidden(text[plain]))
                plain++;
            writer.Write(text[..plain]);
            if (plain == text.Length)
                return;
            writer.Write(text[plain] is '\r' or '\n' ? " " : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)text[plain]:X4}"));
            text = text[(plain + 1)..];
        }
    }

    // Also what ends a line without being a control character, and what turns the direction of writing.
    private static bool IsHidden(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u200E' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
