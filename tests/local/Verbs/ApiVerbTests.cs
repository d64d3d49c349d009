using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Verbs;

namespace SafeHarbor.Local.Tests.Verbs;

public sealed class ApiVerbTests
{
    private static readonly Checkout Real = Checkout.Find();

    public static TheoryData<string> Services => [.. ServiceKind.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task The_document_is_what_the_service_writes(string service)
    {
        var kind = ServiceKind.All.Single(one => one.Name == service);

        var written = await ApiVerb.ReadAsync(Real, kind, TestContext.Current.CancellationToken);

        written.ShouldBe(await File.ReadAllTextAsync(ApiVerb.FileOf(Real, kind), TestContext.Current.CancellationToken), "run ./safeharbor api");
    }
}
