using System.Text.Json;
using SafeHarbor.Local.Verbs;

namespace SafeHarbor.Local.Tests.Verbs;

public sealed class ParkedVerbTests
{
    [Theory]
    [InlineData("\u001b[2J\u001b[1;31mAll is well")]
    [InlineData("safe\r\nintake/9   everything is fine")]
    [InlineData("\u009b2J")]
    [InlineData("\u202egnp.exe")]
    [InlineData("a\u2028b")]
    public void What_was_parked_cannot_command_the_terminal_nor_add_lines(string text)
    {
        var message = JsonSerializer.SerializeToElement(new { parkedId = 7, type = text, destination = text, error = text, parkedAt = "2026-11-26T10:00:00Z" });

        var line = ParkedVerb.Line("intake", message);

        line.ShouldStartWith("intake/7 ");
        line.ShouldEndWith("2026-11-26T10:00:00Z");
        line.ShouldAllBe(c => !char.IsControl(c) && c != '\u202e' && c != '\u2028');
    }

    [Fact]
    public void Plain_text_is_shown_as_it_is() =>
        ParkedVerb.Line("intake", JsonSerializer.SerializeToElement(new { parkedId = 7, type = "handoff.opened.v1", destination = "Ñandú", error = "System.TimeoutException", parkedAt = "t" }))
            .ShouldBe($"{"intake/7",-24}{"handoff.opened.v1",-32}{"Ñandú",-40}{"System.TimeoutException",-28}t");
}
