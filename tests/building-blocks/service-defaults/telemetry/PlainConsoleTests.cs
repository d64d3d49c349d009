using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace SafeHarbor.ServiceDefaults.Tests.Telemetry;

/// <summary>Whoever gets a text into the log can neither write an entry of his own nor command the terminal that shows it.</summary>
public sealed class PlainConsoleTests(SampleService sample)
{
    [Theory]
    [InlineData("a\r\n2026-11-26T10:00:00.000Z info: SafeHarbor[0] All is well", "a  2026-11-26T10:00:00.000Z info: SafeHarbor[0] All is well")]
    [InlineData("a\nb\rc", "a b c")]
    [InlineData("\u001b[2J\u001b]0;title\u0007", @"\u001B[2J\u001B]0;title\u0007")]
    [InlineData("\u009b31m \0", @"\u009B31m \u0000")]
    [InlineData("a\u2028b\u2029c\u202ed", @"a\u2028b\u2029c\u202Ed")]
    [InlineData("Ñandú 🌊 {0}", "Ñandú 🌊 {0}")]
    public void Every_entry_stays_one_line_of_plain_text(string message, string written)
    {
        var line = Write(message, null);

        line.ShouldEndWith($" warn: Sample[7] {written}\n");
        line.Count(char.IsControl).ShouldBe(1);
    }

    [Fact]
    public void An_exception_stays_on_the_line_of_its_entry()
    {
        var line = Write("failed", new InvalidOperationException("first\nsecond", new FormatException("third\r\n")));

        line.ShouldContain("failed System.InvalidOperationException: first second");
        line.Count(char.IsControl).ShouldBe(1);
    }

    private string Write(string message, Exception? exception)
    {
        var formatter = sample.Service.Get<IServiceProvider>().GetServices<ConsoleFormatter>().Single(f => f.Name == "plain");
        using var writer = new StringWriter();
        formatter.Write(new LogEntry<string>(LogLevel.Warning, "Sample", new EventId(7), message, exception, (state, _) => state), null, writer);
        return writer.ToString();
    }
}
