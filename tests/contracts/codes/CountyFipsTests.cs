using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.Contracts.Tests.Codes;

public sealed class CountyFipsTests
{
    [Theory, InlineData("06037"), InlineData("6037"), InlineData(" 06037"), InlineData("06037\t")]
    public void A_county_is_five_digits_however_it_is_written(string text)
    {
        CountyFips.TryParse(text, out var fips).ShouldBeTrue();
        fips.Text.ShouldBe("06037");
    }

    [Theory, InlineData(null), InlineData(""), InlineData(" "), InlineData("037"), InlineData("006037"), InlineData("06 37"), InlineData("0603７"), InlineData("Los Angeles"), InlineData("-6037")]
    public void What_is_no_code_of_a_county_is_not_read(string? text)
    {
        CountyFips.TryParse(text, out var fips).ShouldBeFalse();
        fips.ShouldBeNull();
    }
}
