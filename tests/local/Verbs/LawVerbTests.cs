using SafeHarbor.Local.Verbs;

namespace SafeHarbor.Local.Tests.Verbs;

public sealed class LawVerbTests : IDisposable
{
    private static readonly Checkout Real = Checkout.Find();
    private readonly DirectoryInfo _checkout = Directory.CreateTempSubdirectory("safeharbor-");

    public void Dispose() => _checkout.Delete(recursive: true);

    [Fact]
    public void It_lists_every_rule_with_its_kind_status_citation_and_sentence_without_anything_running()
    {
        var register = LawVerb.Read(Real, "ca");

        var lines = LawVerb.List(register).Split('\n');

        lines.Length.ShouldBe(2 * register.Rules.Count + 1);
        foreach (var (rule, i) in register.Rules.Select((rule, i) => (rule, i)))
        {
            lines[2 * i].Split(' ', 4, StringSplitOptions.RemoveEmptyEntries).ShouldBe([rule.Id, rule.Kind, rule.Status, rule.Citation]);
            lines[2 * i + 1].Trim().ShouldBe(rule.Sentence);
        }
    }

    [Fact]
    public void The_document_is_what_the_register_makes() =>
        LawDocument.Of(LawVerb.Read(Real, "ca"), "ca").ShouldBe(File.ReadAllText(Path.Combine(Real.Root, "docs/law.md")), "run ./safeharbor law --markdown > docs/law.md");

    [Fact]
    public void A_register_that_has_changed_makes_another_document()
    {
        var changed = WriteRegister(text => text.Replace("sentence: Police officers, among others,", "sentence: Police officers and others", StringComparison.Ordinal));

        LawDocument.Of(LawVerb.Read(changed, "ca"), "ca").ShouldNotBe(File.ReadAllText(Path.Combine(Real.Root, "docs/law.md")));
    }

    [Fact]
    public void A_state_without_a_register_is_told_and_so_is_a_register_that_is_wrong()
    {
        Should.Throw<FormatException>(() => LawVerb.Read(Real, "zz")).Message.ShouldContain("law.yaml cannot be read");
        Should.Throw<FormatException>(() => LawVerb.Read(WriteRegister(text => text.Replace("kind: STATUTE", "kind: RUMOR", StringComparison.Ordinal)), "ca")).Message.ShouldContain("kind is one of STATUTE");
    }

    private Checkout WriteRegister(Func<string, string> change)
    {
        var folder = _checkout.CreateSubdirectory("states/ca").FullName;
        File.WriteAllText(Path.Combine(folder, "law.yaml"), change(File.ReadAllText(Path.Combine(Real.Root, "states/ca/law.yaml"))));
        return new(_checkout.FullName);
    }
}
