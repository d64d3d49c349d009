using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Supplements;

namespace SafeHarbor.Intake.Tests.Supplements;

/// <summary>Whatever a report can say of a child can be added to it: a fact that is given to a report's child and forgotten here would be lost in silence.</summary>
public sealed class ChildNewsTests
{
    // Needs are asked for anew by the county; that it is another report's child is said with that report.
    private static readonly string[] NotAdded = [nameof(Child.Needs), nameof(Child.SameChildAs)];

    public static TheoryData<string> Facts => [.. typeof(Child).GetProperties().Select(p => p.Name).Except(NotAdded)];

    [Theory]
    [MemberData(nameof(Facts))]
    public void A_fact_of_a_child_can_be_added_is_checked_as_in_a_report_and_is_told(string fact)
    {
        var added = typeof(ChildNews).GetProperty(fact).ShouldNotBeNull();
        var news = new ChildNews();
        var value = ValueOf(added.PropertyType);
        added.SetValue(news, value);

        typeof(Child).GetProperty(fact)!.GetValue(news.AsReported()).ShouldBe(value);
        new NewSupplement { Child = news }.Told().ShouldNotBeEmpty();
    }

    private static object ValueOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => "said",
        var t when t == typeof(bool) => false,
        var t when t == typeof(int) => 14,
        var t when t == typeof(DateOnly) => new DateOnly(2012, 5, 1),
        var t when t == typeof(IReadOnlyList<string?>) => new string?[] { "es" },
        var t when t == typeof(PersonName) => new PersonName("Given", null),
        var t when t == typeof(ChildParticulars) => new ChildParticulars { School = "said" },
        var t when t == typeof(Safety) => new Safety(null, null, "said"),
        var t => throw new NotSupportedException($"Say here what a {t.Name} can be."),
    };
}
