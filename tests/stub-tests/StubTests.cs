namespace SafeHarbor.StubTests;

/// <summary>Tests that go as files in the directory <c>STUB_TESTS</c> say.</summary>
public sealed class StubTests
{
    // Of long arguments only the beginning is part of a test's name.
    private const string LongRow = "a row that is longer than what is shown of it, so that another has the same name, ";

    private static readonly string Directory = Environment.GetEnvironmentVariable("STUB_TESTS") ?? "";

    [Fact]
    public void Passes()
    {
    }

    [Theory]
    [InlineData("one (or more)")]
    [InlineData("two")]
    [InlineData(LongRow + "first")]
    [InlineData(LongRow + "second")]
    public void Fails_where_it_is_told_to(string row) => File.Exists(Path.Combine(Directory, $"fail {row}")).ShouldBeFalse("it was told to fail");

    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    public void Fails_once_where_it_is_told_to(string row)
    {
        var file = Path.Combine(Directory, $"fail once {row}");
        if (!File.Exists(file))
            return;
        File.Delete(file);
        Assert.Fail("it was told to fail\nonce");
    }

    [Fact]
    public void Is_skipped() => Assert.Skip("This machine has no such thing.");

    [Fact]
    public async Task Waits_where_it_is_told_to()
    {
        if (!File.Exists(Path.Combine(Directory, "wait")))
            return;
        await File.WriteAllTextAsync(Path.Combine(Directory, "waiting.new"), $"{Environment.ProcessId}", TestContext.Current.CancellationToken);
        File.Move(Path.Combine(Directory, "waiting.new"), Path.Combine(Directory, "waiting"));
        await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Ends_the_program_where_it_is_told_to()
    {
        if (File.Exists(Path.Combine(Directory, "end")))
            Environment.Exit(3);
    }
}
