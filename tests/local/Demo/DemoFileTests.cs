using SafeHarbor.Contracts;
using SafeHarbor.Local.Demo;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Local.Tests.Demo;

public sealed class DemoFileTests
{
    private static string Folder(string state) => Path.Combine(AppContext.BaseDirectory, "states", state);

    [Theory]
    [InlineData("ca", 6)]
    [InlineData("de", 2)]
    public void Every_state_has_a_demonstration_of_its_own_counties(string code, int journeys)
    {
        var state = State.Read(Folder(code));
        var demo = DemoFile.Read(state);

        demo.Journeys.Count.ShouldBe(journeys);
        demo.Answers[state.Organization.Text].ShouldBe(Behavior.Assign);
        foreach (var organization in demo.Answers.Keys.Append(demo.Officer).Concat(demo.Journeys.SelectMany(j => j.End).Select(step => step.Organization).OfType<string>()))
            (Organization.Parse(organization) is var parsed && (parsed.Kind != Organization.County || state.County(parsed.CountyFips) is not null)).ShouldBeTrue(organization);
        demo.Answers[demo.DeskAssigns].ShouldBe(Behavior.Accept);
    }

    [Theory]
    [InlineData("\"deskAssigns\"", "\"assigns\"", "assigns")]
    [InlineData("\"ACCEPT\"", "\"PERHAPS\"", "answers")]
    public void What_is_wrong_in_it_is_named(string right, string wrong, string named)
    {
        var folder = Directory.CreateTempSubdirectory();
        File.WriteAllText(Path.Combine(folder.FullName, "demo.json"), File.ReadAllText(Path.Combine(Folder("de"), "demo.json")).Replace(right, wrong, StringComparison.Ordinal));

        var refused = Should.Throw<StartRefusedException>(() => DemoFile.Read(State.Read(Folder("de")) with { Folder = folder.FullName }));

        refused.Message.ShouldContain("demo.json");
        refused.Message.ShouldContain(named);
        folder.Delete(recursive: true);
    }
}
