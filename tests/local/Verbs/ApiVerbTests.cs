using SafeHarbor.Local.Api;

namespace SafeHarbor.Local.Tests.Verbs;

public sealed class ApiVerbTests
{
    private static readonly Checkout Real = Checkout.Find();

    [Fact]
    public async Task The_documents_are_what_the_code_says_and_there_are_no_others()
    {
        var written = (await WrittenDocuments.OfAsync(Real, TestContext.Current.CancellationToken)).Files.ToDictionary();

        foreach (var (file, text) in written)
            (await File.ReadAllTextAsync(Path.Combine(Real.Root, file), TestContext.Current.CancellationToken)).ShouldBe(text, $"run ./safeharbor api ({file})");
        Directory.EnumerateFiles(Path.Combine(Real.Root, SchemaFile.Folder), "*.json").Select(file => Path.GetRelativePath(Real.Root, file)).Except(written.Keys)
            .ShouldBeEmpty("no code says so");
    }
}
