using SafeHarbor.TestServers;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

public class ReportingAgencyTests
{
    [Theory]
    [InlineData("CA0010900", "Alameda")]
    [InlineData("CA0194200", "Los Angeles")]
    [InlineData("ca0371100 ", "San Diego")]
    [InlineData("CA0380100", "San Francisco")]
    [InlineData("CA0431300", "Santa Clara")]
    [InlineData("CA001300X", "Alameda")]
    [InlineData("CA0580000", "Yuba")]
    public void The_number_in_an_identifier_is_the_countys_place_in_the_alphabet(string ori, string county) =>
        (TestStates.California.CountyOfAgency(ori)?.Name).ShouldBe(county);

    [Theory]
    [InlineData("CA0349900", "the Highway Patrol is filed under its headquarters' county")]
    [InlineData("CA0199900", "the Highway Patrol in another county")]
    [InlineData("CA0012100", "railway police of five counties")]
    [InlineData("CA0590000", "there are 58 counties")]
    [InlineData("CA0000000", "there is no county 0")]
    [InlineData("NV0160000", "another state")]
    [InlineData("CA019", "too short")]
    [InlineData("CAXYZ0000", "no number")]
    [InlineData("", "nothing")]
    [InlineData(null, "nothing at all")]
    public void An_identifier_that_does_not_tell_suggests_nothing(string? ori, string because) =>
        TestStates.California.CountyOfAgency(ori).ShouldBeNull(because);
}
