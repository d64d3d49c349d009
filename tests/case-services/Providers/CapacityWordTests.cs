using SafeHarbor.CaseServices.Providers;
using SafeHarbor.Contracts;

namespace SafeHarbor.CaseServices.Tests.Providers;

/// <summary>Whose word about free places counts, as a table: who said it, when it was counted and when it was said.</summary>
public sealed class CapacityWordTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>As <c>county:06037@5/7</c>: who, counted at minute 5, said at minute 7.</summary>
    private static CapacityWord Word(string text)
    {
        var parts = text.Split('@', '/');
        DateTimeOffset At(int place) => Noon.AddMinutes(int.Parse(parts[place], System.Globalization.CultureInfo.InvariantCulture));
        return new(Organization.Parse(parts[0]), new Dictionary<string, int> { ["ADVOCATE"] = 1, ["LEGAL"] = 0 }, At(1), At(2));
    }

    [Theory]
    [InlineData("county:06037@5/5", "county:06037@5/5")]
    [InlineData("county:06037@5/9 county:06059@6/7", "county:06059@6/7")]
    [InlineData("county:06037@5/6 state:ca@5/7", "state:ca@5/7")]
    [InlineData("provider:a@1/1 county:06037@9/9", "provider:a@1/1")]
    [InlineData("provider:b@1/1 county:06037@9/9", "county:06037@9/9")]
    public void The_providers_own_word_counts_then_what_was_counted_last_then_what_was_said_last(string words, string counts)
    {
        var all = words.Split(' ').Select(Word).ToList();

        foreach (var order in new[] { all, [.. Enumerable.Reverse(all)] })
            CapacityWord.ThatCounts("a", order).ShouldBe(all.Single(word => word.By == Word(counts).By));
    }

    [Fact]
    public void Where_nobody_has_said_anything_no_word_counts() => CapacityWord.ThatCounts("a", []).ShouldBeNull();

    [Fact]
    public void A_word_repeats_another_when_it_says_the_same_of_the_same_moment_whenever_it_is_said()
    {
        var word = Word("county:06037@5/5");
        CapacityWord With(params (string Type, int Free)[] free) => word with { Available = free.ToDictionary(one => one.Type, one => one.Free) };

        Word("county:06037@5/9").Repeats(word).ShouldBeTrue();
        foreach (var other in new[] { Word("county:06059@5/5"), Word("county:06037@6/5"), With(("ADVOCATE", 2), ("LEGAL", 0)), With(("ADVOCATE", 1)), With(("ADVOCATE", 1), ("MEDICAL", 0)), With(("ADVOCATE", 1), ("LEGAL", 0), ("MEDICAL", 0)) })
            (other.Repeats(word), word.Repeats(other)).ShouldBe((false, false), other.ToString());
    }
}
