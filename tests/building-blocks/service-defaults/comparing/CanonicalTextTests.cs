using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SafeHarbor.ServiceDefaults.Comparing;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Tests.Comparing;

public sealed class CanonicalTextTests
{
    private static readonly string[] Unseen = ["\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF", "\u00AD", "\u200E", "\u200F", "\u202A", "\u202C", "\u2066", "\u2069", "\u034F", "\uFE0F", "\uFFFE", "\u0001"];
    private static readonly string[] Blanks = [" ", "  ", "\t", "\n", "\u00A0", "\u2003", "\u3000"];
    private static readonly string[] Apostrophes = ["'", "\u2019", "\u2018", "\u02BC", "\u02BB", "`", "\u00B4", "\u2032", "\uFF07", "\u1FEF"];

    // Words of letters with and without accents, of several scripts, with apostrophes and blanks between them.
    private static readonly Gen<string> Names = Gen.Elements("a", "Z", "e", "n", "u\u0308", "é", "Ñ", "ǰ", "ß", "İ", "ı", "ς", "\u0345", "한", "\u1112\u1161\u11AB", "ả", "\u0323", "\u0302", "Ж",
        "\uD835\uDD38", "'", " ", "-", "1").ArrayOf().Select(string.Concat);

    private static Arbitrary<(string Name, string Typed)> Typed(string[] inserted) =>
        (from name in Names
         from what in Gen.Elements(inserted)
         from at in Gen.Choose(0, name.Length)
         where at == name.Length || !char.IsLowSurrogate(name[at])
         select (name, name.Insert(at, what))).ToArbitrary();

    [Theory]
    [InlineData("Jose\u0301", "JOS\u00C9"), InlineData("nun\u0303ez", "NU\u00D1EZ"), InlineData("ǰ", "J\u030C"), InlineData("Nguye\u0302\u0303n", "NGUY\u1EC4N")]
    [InlineData("O\u2019Neil", "O'NEIL"), InlineData("O`Neil", "O'NEIL"), InlineData("D\u02BCAngelo", "D'ANGELO")]
    [InlineData("  Ana   Maria\u00A0", "ANA MARIA"), InlineData("A\u200Bna", "ANA"), InlineData("\u202AAna\u202C", "ANA"), InlineData("\u5F20\u4F1F", "\u5F20\u4F1F")]
    [InlineData("e\u200D\u0301", "\u00C9"), InlineData("A\uFFFEna", "ANA")]
    [InlineData("", null), InlineData(null, null), InlineData(" \u200B\t", null)]
    public void Each_text_has_one_form(string? text, string? form) => CanonicalText.Of(text).ShouldBe(form);

    [Theory]
    [InlineData("José", "Jose"), InlineData("Ana Maria", "Anamaria"), InlineData("Ana-Maria", "Ana Maria"), InlineData("Lee", "Li"), InlineData("O'Neil", "Oneil")]
    public void What_people_tell_apart_stays_apart(string one, string other) => CanonicalText.Of(one).ShouldNotBe(CanonicalText.Of(other));

    [Fact]
    public void The_form_of_a_form_is_itself() => Prop.ForAll(Names.ToArbitrary(), name => CanonicalText.Of(CanonicalText.Of(name)) == CanonicalText.Of(name)).QuickCheckThrowOnFailure();

    [Fact]
    public void Also_of_any_text_at_all() => Prop.ForAll<string?>(text => CanonicalText.Of(CanonicalText.Of(text)) == CanonicalText.Of(text)).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_not_seen_makes_no_difference() =>
        Prop.ForAll(Typed(Unseen), t => CanonicalText.Of(t.Name) == CanonicalText.Of(t.Typed)).QuickCheckThrowOnFailure();

    [Fact]
    public void Composed_or_decomposed_is_the_same() => Prop.ForAll(Names.ToArbitrary(),
        name => CanonicalText.Of(name.Normalize(NormalizationForm.FormD)) == CanonicalText.Of(name.Normalize())).QuickCheckThrowOnFailure();

    [Fact]
    public void Capital_or_small_is_the_same() => Prop.ForAll(Names.ToArbitrary(),
        name => CanonicalText.Of(name.Normalize(NormalizationForm.FormD).ToUpperInvariant()) == CanonicalText.Of(name)).QuickCheckThrowOnFailure();

    [Fact]
    public void Apostrophes_and_blanks_are_the_same_of_whatever_kind()
    {
        foreach (var (alike, one) in new[] { (Apostrophes, "'"), (Blanks, " ") })
            Prop.ForAll(Names.ToArbitrary(), Gen.Elements(alike).ToArbitrary(), (name, other) => CanonicalText.Of(name.Replace(one, other)) == CanonicalText.Of(name)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_service_that_compares_texts_starts_only_where_they_can_be_compared()
    {
        new CanonicalTextCheck().Check();
        Should.Throw<StartRefusedException>(() => CanonicalTextCheck.Check("e\u0301")).Message.ShouldContain("libicu");
    }
}
