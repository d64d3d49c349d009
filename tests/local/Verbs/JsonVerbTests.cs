using SafeHarbor.Local.Verbs;

namespace SafeHarbor.Local.Tests.Verbs;

public sealed class JsonVerbTests
{
    private const string Receipt = """{"encounterId":"01a2","reports":[{"child":1,"a/b~c":"d"}],"links":[]}""";

    [Theory]
    [InlineData("/encounterId", "01a2")]
    [InlineData("/reports/0/child", "1")]
    [InlineData("/reports/0/a~1b~0c", "d")]
    [InlineData("/links", "[]")]
    public void One_value_is_picked_as_a_variable_wants_it(string part, string value) => JsonVerb.Read(Receipt, part).ShouldBe(value);

    [Fact]
    public void The_whole_is_written_line_by_line() => JsonVerb.Read(Receipt, "").ShouldContain("\n  \"encounterId\": \"01a2\",");

    [Theory]
    [InlineData(Receipt, "/reports/1/child", "There is no /reports/1/child in what came")]
    [InlineData("""{"title":"Unauthorized"}""", "/encounterId", "Unauthorized")]
    [InlineData("<html>", "", "This is no JSON: <html>")]
    [InlineData("", "/encounterId", "Nothing came")]
    public void What_cannot_be_picked_shows_what_came_instead(string text, string part, string told) =>
        Should.Throw<FormatException>(() => JsonVerb.Read(text, part)).Message.ShouldContain(told);
}
