using System.CommandLine;

namespace SafeHarbor.Local.Tests.Launcher;

public sealed class HelpTests
{
    private readonly Command _launcher = LauncherCommand.Create(Checkout.Find());

    public static TheoryData<string> Verbs => new(LauncherCommand.Create(Checkout.Find()).Subcommands.Select(verb => verb.Name));

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_verb_is_explained_under_the_name_that_people_type(string verb)
    {
        var (exit, said) = await RunAsync("help", verb);

        exit.ShouldBe(0);
        said.ShouldContain($"./safeharbor {verb}");
        said.ShouldNotContain("SafeHarbor.Local");
        (await RunAsync(verb, "--help")).Said.ShouldBe(said);
    }

    [Fact]
    public async Task Help_alone_lists_the_verbs() => (await RunAsync("help")).ShouldBe(await RunAsync("--help"));

    [Fact]
    public async Task A_verb_of_a_verb_is_explained() => (await RunAsync("help", "keys", "rotate")).Said.ShouldContain("./safeharbor keys rotate");

    [Fact]
    public async Task A_word_that_is_no_verb_is_told_as_such() =>
        (await Should.ThrowAsync<FormatException>(() => RunAsync("help", "nonsense"))).Message.ShouldContain("'nonsense' is no verb");

    [Fact]
    public void A_program_of_its_own_is_used_by_way_of_the_launcher() =>
        LauncherCommand.CreateProgram("bench", "Measures.").Parents.ShouldHaveSingleItem().Name.ShouldBe("./safeharbor");

    private async Task<(int Exit, string Said)> RunAsync(params string[] words)
    {
        var output = new StringWriter();
        var exit = await _launcher.Parse(words).InvokeAsync(
            new() { Output = output, EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
        return (exit, output.ToString());
    }
}
