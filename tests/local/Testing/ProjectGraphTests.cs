using SafeHarbor.Local.Testing;

namespace SafeHarbor.Local.Tests.Testing;

/// <summary>Which projects a changed file touches, in a small tree.</summary>
public sealed class ProjectGraphTests : IDisposable
{
    private static readonly string[] All = ["Contracts", "Kit", "Service", "Kit.Tests", "Service.Tests", "Whole.Tests", "Rules.Tests"];

    private readonly string _tree = Directory.CreateTempSubdirectory("safeharbor-test-").FullName;

    public ProjectGraphTests()
    {
        Project("contracts/Contracts.csproj");
        Project("services/kit/Kit.csproj");
        Project("services/service/Service.csproj", Refers("../kit/Kit.csproj"), Refers("../../contracts/Contracts.csproj"));
        Project("tests/kit/Kit.Tests.csproj", Refers("../../services/kit/Kit.csproj"));
        Project("tests/service/Service.Tests.csproj", Refers("../../services/service/Service.csproj"), "<Compile Include=\"../kit/Shared.cs\" Link=\"Shared.cs\" />");
        Project("tests/whole/Whole.Tests.csproj", Reads("../../services/**;../../docs/access.md"));
        Project("tests/rules/Rules.Tests.csproj", Reads("../../**"));
    }

    public void Dispose() => Directory.Delete(_tree, recursive: true);

    [Theory]
    [InlineData("contracts/Message.cs", "Contracts", "Service", "Service.Tests", "Rules.Tests")]
    [InlineData("services/kit/deep/Kit.cs", "Kit", "Service", "Kit.Tests", "Service.Tests", "Whole.Tests", "Rules.Tests")]
    [InlineData("services/service/Service.cs", "Service", "Service.Tests", "Whole.Tests", "Rules.Tests")]
    [InlineData("tests/kit/Tests.cs", "Kit.Tests", "Rules.Tests")]
    [InlineData("tests/kit/Shared.cs", "Kit.Tests", "Service.Tests", "Rules.Tests")]
    [InlineData("docs/access.md", "Whole.Tests", "Rules.Tests")]
    [InlineData("README.md", "Rules.Tests")]
    public void A_file_touches_its_project_those_that_use_it_and_those_that_refer_to_one_of_them(string file, params string[] touched) =>
        ProjectGraph.Read(_tree).TouchedBy([file]).ShouldBe(touched, ignoreOrder: true);

    [Fact]
    public void What_belongs_to_nobody_touches_everything() =>
        ProjectGraph.Read(_tree).TouchedBy(["README.md", "Directory.Packages.props"]).ShouldBe(All, ignoreOrder: true);

    [Fact]
    public void No_file_touches_nothing() => ProjectGraph.Read(_tree).TouchedBy([]).ShouldBeEmpty();

    [Fact]
    public void In_this_working_copy_a_service_touches_its_own_tests_and_the_journeys_and_no_other_services()
    {
        var touched = ProjectGraph.Read(Checkout.Find().Root).TouchedBy(["services/intake/Program.cs"]);

        touched.ShouldContain("SafeHarbor.Intake.Tests");
        touched.ShouldContain("SafeHarbor.Journeys.Tests");
        touched.ShouldNotContain("SafeHarbor.Notification.Tests");
    }

    [Fact]
    public void In_this_working_copy_the_client_touches_its_tests_and_the_journeys_and_no_service()
    {
        var touched = ProjectGraph.Read(Checkout.Find().Root).TouchedBy(["clients/dotnet/Calling/Call.cs"]);

        touched.ShouldContain("SafeHarbor.Client.Tests");
        touched.ShouldContain("SafeHarbor.Journeys.Tests");
        touched.ShouldNotContain("SafeHarbor.Intake");
    }

    private static string Refers(string project) => $"<ProjectReference Include=\"{project}\" />";

    private static string Reads(string files) => $"</ItemGroup><PropertyGroup><TestsRead>{files}</TestsRead></PropertyGroup><ItemGroup>";

    private void Project(string file, params string[] items)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_tree, file))!);
        File.WriteAllText(Path.Combine(_tree, file), $"<Project><ItemGroup>{string.Concat(items)}</ItemGroup></Project>");
    }
}
