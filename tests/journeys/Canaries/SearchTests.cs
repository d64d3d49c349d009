using System.Text;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>The search finds a mark in every form and at every place, so that finding none means something.</summary>
public sealed class SearchTests
{
    private static readonly Mark Mark = Mark.New("Kanarek");

    public static TheoryData<string, byte[]> Forms() => new()
    {
        { "as it is", Encoding.UTF8.GetBytes(Mark.Plant("narrative")) },
        { "in JSON", Encoding.UTF8.GetBytes($$"""{"narrative":"ä{{Mark.Plant("narrative")}}"}""") },
        { "in small letters", Encoding.UTF8.GetBytes(Mark.Text.ToLowerInvariant()) },
        { "in capitals", Encoding.UTF8.GetBytes(Mark.Text.ToUpperInvariant()) },
        { "in UTF-16", Encoding.Unicode.GetBytes(Mark.Text) },
        { "hexadecimal", Encoding.UTF8.GetBytes("\\x00" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Mark.Text))) },
        { "in base64", Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Mark.Text} and more"))) },
        { "in base64 after one byte", Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"1{Mark.Text} and more"))) },
        { "in base64 after two bytes", Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"12{Mark.Text} and more"))) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_mark_is_found_in_every_form_wherever_it_lies(string form, byte[] bytes)
    {
        for (var before = 0; before < 300; before++)
        {
            using var stream = new MemoryStream([.. new byte[before], .. bytes, .. new byte[100]]);
            new Search(Mark) { Piece = 64 }.First(stream).ShouldNotBeNull($"{form}, after {before} bytes");
        }
    }

    [Fact]
    public void Another_mark_is_not_found()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Mark.New("Kanarek").Plant("narrative")));

        new Search(Mark).First(stream).ShouldBeNull();
    }

    [Fact]
    public void An_id_is_found_as_text_and_as_bytes()
    {
        var id = Guid.NewGuid();
        using var text = new MemoryStream(Encoding.UTF8.GetBytes($"\"{id}\""));
        using var bytes = new MemoryStream([1, .. id.ToByteArray(bigEndian: true)]);

        new Search(Mark.Of(id)).First(text).ShouldNotBeNull();
        new Search(Mark.Of(id)).First(bytes).ShouldNotBeNull();
    }
}
