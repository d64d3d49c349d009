using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.Contracts.Tests.Codes;

public sealed class LanguageTagsTests
{
    [Theory]
    [InlineData("es", "es"), InlineData("ES", "es"), InlineData(" spa ", "es"), InlineData("Spa", "es")]
    [InlineData("fre", "fr"), InlineData("fra", "fr"), InlineData("chi", "zh"), InlineData("zho", "zh"), InlineData("iw", "he"), InlineData("tl", "fil"), InlineData("hbs", "sr")]
    [InlineData("es-mx", "es-MX"), InlineData("es_MX", "es-MX"), InlineData("spa-419", "es-419"), InlineData("ZH-HANT-TW", "zh-Hant-TW"), InlineData("ca-valencia", "ca-valencia")]
    [InlineData("zh-yue", "yue"), InlineData("sgn-ase", "ase"), InlineData("ASE", "ase")]
    [InlineData("mix", "mix"), InlineData("zap", "zap"), InlineData("mam", "mam"), InlineData("quc", "quc"), InlineData("kjb", "kjb"), InlineData("trq", "trq"), InlineData("hmn", "hmn")]
    [InlineData("cmn", "cmn"), InlineData("quz", "quz"), InlineData("myn", "myn")]
    public void Every_code_of_a_language_is_read_as_its_one_tag(string text, string tag)
    {
        LanguageTags.TryCanonicalize(text, out var canonical).ShouldBeTrue();
        canonical.ShouldBe(tag);
        LanguageTags.TryCanonicalize(canonical, out var again).ShouldBeTrue();
        again.ShouldBe(tag);
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("Spanish"), InlineData("e"), InlineData("xx"), InlineData("es MX"), InlineData("es-"), InlineData("en-ase"), InlineData("es-mex")]
    [InlineData("und"), InlineData("mul"), InlineData("mis"), InlineData("zxx"), InlineData("qaa"), InlineData("x-home"), InlineData("i-klingon"), InlineData("ｅｓ")]
    public void What_is_no_language_is_not_read(string? text)
    {
        LanguageTags.TryCanonicalize(text, out var tag).ShouldBeFalse();
        tag.ShouldBeNull();
    }

    [Theory]
    [InlineData("es", "spa", true), InlineData("es-MX", "es-419", true), InlineData("zh-Hant", "cmn", true), InlineData("arb", "ar", true), InlineData("ase", "sgn-ase", true)]
    [InlineData("zh", "yue", false), InlineData("ase", "en", false), InlineData("mam", "quc", false), InlineData("es", "Spanish", false), InlineData("Spanish", "Spanish", false)]
    public void One_language_is_understood_whatever_its_code(string one, string other, bool understood)
    {
        LanguageTags.AreSpokenAlike(one, other).ShouldBe(understood);
        LanguageTags.AreSpokenAlike(other, one).ShouldBe(understood);
    }

    [Fact]
    public void Every_code_of_two_or_three_letters_is_read_as_itself_or_as_one_that_is()
    {
        var letters = Enumerable.Range('a', 26).Select(c => (char)c).ToList();
        var codes = (from a in letters from b in letters select $"{a}{b}").Concat(from a in letters from b in letters from c in letters select $"{a}{b}{c}");
        var tags = codes.Where(code => LanguageTags.TryCanonicalize(code, out _)).ToDictionary(code => code, code => LanguageTags.TryCanonicalize(code, out var tag) ? tag : "");

        tags.Count.ShouldBeGreaterThan(8000);
        tags.Values.Where(tag => tags[tag] != tag).ShouldBeEmpty();
        tags.Values.Where(tag => !LanguageTags.AreSpokenAlike(tag, tag)).ShouldBeEmpty();
    }
}
