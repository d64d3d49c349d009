using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace SafeHarbor.ServiceDefaults.Tests.Problems;

public sealed class BodyTests(SampleService sample)
{
    [Fact]
    public async Task What_is_longer_than_its_member_takes_is_refused_by_itself_and_all_of_it_told_with_the_limits()
    {
        var (text, tag) = (new string('x', 101), "abcdef");
        var body = $$"""{"source":{"agencyOri":"{{text}}"},"children":[{"alias":"{{text[..41]}}","languages":["a","b","c","d"]},{"languages":["{{tag}}"]}]}""";

        foreach (var endpoint in (string[])["/v1/samples", "/v1/ruled"])
        {
            var problem = await SampleService.ReadProblem(sample.Service.Post(endpoint, body), 400, "validation");

            problem.GetProperty("errors").EnumerateArray().Select(e => (e.GetProperty("pointer").GetString(), e.GetProperty("code").GetString(), e.GetProperty("detail").GetString()))
                .Where(e => e.Item1 != "/occurredAt").ShouldBe(
            [
                ("/source/agencyOri", "too-long", "At most 100 characters are taken here."), ("/children/0/alias", "too-long", "At most 40 characters are taken here."),
                ("/children/0/languages", "too-many", "At most 3 entries are taken here."), ("/children/1/languages/0", "too-long", "At most 5 characters are taken here."),
            ]);
        }
    }

    [Fact]
    public async Task What_is_as_long_as_its_member_takes_is_taken()
    {
        using var answer = await sample.Service.Post("/v1/samples", $$"""{"source":{"agencyOri":"{{new string('x', 100)}}"},"children":[{"alias":"{{new string('x', 40)}}","languages":["abcde","b","c"]}]}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"children":[{"approximateAge":"15"}]}""", "/children/0/approximateAge", "wrong-type", "whole number")]
    [InlineData("""{"children":[{"approximateAge":15.5}]}""", "/children/0/approximateAge", "wrong-type", "whole number")]
    [InlineData("""{"children":[{"approximateAge":99999999999}]}""", "/children/0/approximateAge", "wrong-type", "whole number")]
    [InlineData("""{"children":[{},{"dateOfBirth":"canary-jane-invented"}]}""", "/children/1/dateOfBirth", "wrong-type", "date such as")]
    [InlineData("""{"children":[{"dateOfBirth":"2026-02-30"}]}""", "/children/0/dateOfBirth", "wrong-type", "date such as")]
    [InlineData("""{"children":[{"alias":7}]}""", "/children/0/alias", "wrong-type", "JSON string")]
    [InlineData("""{"children":[{"missing":"true"}]}""", "/children/0/missing", "wrong-type", "true or false")]
    [InlineData("""{"children":[{"languages":"en"}]}""", "/children/0/languages", "wrong-type", "JSON array")]
    [InlineData("""{"children":[{"languages":["en",5]}]}""", "/children/0/languages/1", "wrong-type", "JSON string")]
    [InlineData("""{"children":{}}""", "/children", "wrong-type", "JSON array")]
    [InlineData("""{"children":["canary-jane-invented"]}""", "/children/0", "wrong-type", "openapi")]
    [InlineData("""{"source":"canary-jane-invented"}""", "/source", "wrong-type", "openapi")]
    [InlineData("""{"latitude":"34.05"}""", "/latitude", "wrong-type", "number")]
    [InlineData("""{"latitude":"NaN"}""", "/latitude", "wrong-type", "number")]
    [InlineData("""{"id":"canary-jane-invented"}""", "/id", "wrong-type", "UUID")]
    [InlineData("""[]""", "", "wrong-type", "openapi")]
    [InlineData("""5""", "", "wrong-type", "openapi")]
    [InlineData("""{"occurredAt":"2026-11-20T23:10:00"}""", "/occurredAt", "offset-missing", "offset")]
    [InlineData("""{"occurredAt":"2026-11-20"}""", "/occurredAt", "offset-missing", "offset")]
    [InlineData("""{"occurredAt":"2026-11-20T23:10:00+99:00"}""", "/occurredAt", "wrong-type", "offset")]
    [InlineData("""{"occurredAt":"canary-jane-invented"}""", "/occurredAt", "wrong-type", "offset")]
    [InlineData("""{"occurredAt":1763622600}""", "/occurredAt", "wrong-type", "offset")]
    [InlineData("""{"narrative":"canary-jane-invented\u0000"}""", "/narrative", "null-character", "U+0000")]
    [InlineData("""{"children":[{"alias":"\u0000"}]}""", "/children/0/alias", "null-character", "U+0000")]
    [InlineData("""{"children":[{"languages":["en","\u0000"]}]}""", "/children/0/languages/1", "null-character", "U+0000")]
    [InlineData("""{"free":{"a/b":[1,{"c":"\u0000"}]}}""", "/free", "null-character", "U+0000")]
    [InlineData("""{"free":{"\u0000":1}}""", "/free", "null-character", "U+0000")]
    [InlineData("""{"free":["\ud800"]}""", "/free/0", "broken-text", "Unicode")]
    [InlineData("""{"free":{"a-b":[1,{"c":"\u0000"}]}}""", "/free/a-b/1/c", "null-character", "U+0000")]
    [InlineData("""{"labels":{"a.b":"\u0000"}}""", "/labels", "null-character", "U+0000")]
    [InlineData("""{"labels":{"a-b":"\u0000"}}""", "/labels/a-b", "null-character", "U+0000")]
    [InlineData("""{"labels":{"a":"1","a":"2"}}""", "/labels/a", "duplicate-member", "once")]
    [InlineData("""{"labels":{"\u0000":"1"}}""", "/labels", "broken-text", "U+0000")]
    [InlineData("""{"narrative":"\ud800"}""", "/narrative", "broken-text", "Unicode")]
    [InlineData("""{"narrative":"\udc00 canary-jane-invented"}""", "/narrative", "broken-text", "Unicode")]
    [InlineData("""{"mandatory":{}}""", "/mandatory/first", "required", "given")]
    [InlineData("""{"narrative":"a","narrative":"canary-jane-invented"}""", "/narrative", "duplicate-member", "once")]
    [InlineData("""{"narrative":"canary-jane-invented""", "/narrative", "malformed-json", "line 1")]
    [InlineData("""{"narrative":canary-jane-invented}""", "/narrative", "malformed-json", "line 1")]
    [InlineData("""{"children":[{"alias":"x",}]}""", "/children/0", "malformed-json", "line 1")]
    [InlineData("""{} canary-jane-invented""", "", "malformed-json", "line 1")]
    [InlineData("""canary-jane-invented""", "", "malformed-json", "line 1")]
    [InlineData(" ", "", "malformed-json", "line 1")]
    [InlineData("""null""", "", "required", "JSON body")]
    [InlineData("", "", "required", "JSON body")]
    public async Task A_bad_body_is_answered_with_the_place_of_the_error(string body, string place, string code, string says)
    {
        var problem = await SampleService.ReadProblem(sample.Service.Post("/v1/samples", body), 400, "validation");

        var error = problem.GetProperty("errors")[0];
        error.GetProperty("pointer").GetString().ShouldBe(place);
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("detail").GetString()!.ShouldContain(says);
        error.TryGetProperty("parameter", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task All_missing_mandatory_members_are_told_at_once()
    {
        var problem = await SampleService.ReadProblem(sample.Service.Post("/v1/samples", """{"mandatory":{}}"""), 400, "validation");

        problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString())
            .ShouldBe(["/mandatory/first", "/mandatory/second"]);
    }

    [Fact]
    public async Task Nesting_beyond_the_limit_is_refused()
    {
        var body = "{\"free\":" + new string('[', 32) + new string(']', 32) + "}";

        var problem = await SampleService.ReadProblem(sample.Service.Post("/v1/samples", body), 400, "validation");

        problem.GetProperty("errors")[0].GetProperty("detail").GetString()!.ShouldContain("32 levels");
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_refused()
    {
        using var body = new ByteArrayContent([.. "{\"narrative\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        var problem = await SampleService.ReadProblem(sample.Service.Send(HttpMethod.Post, "/v1/samples", body), 400, "validation");

        problem.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/narrative");
    }

    [Fact]
    public async Task A_good_body_is_read()
    {
        var (status, body) = await SampleService.Read(sample.Service.Post(
            "/v1/samples",
            """
            {"source":{"agencyOri":"CA0194200"},"occurredAt":"2026-11-20T23:10:00.5-08:00","latitude":34.05,
             "children":[{"approximateAge":15,"dateOfBirth":"2011-01-31","alias":"Zoë 😀","missing":false,"languages":["en"]},{}],
             "free":{"a":[1,"b",null]},"labels":{"k":"v"},"narrative":null}
            """));

        status.ShouldBe(200);
        body.GetProperty("source").GetProperty("agencyOri").GetString().ShouldBe("CA0194200");
        body.GetProperty("occurredAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 11, 20, 23, 10, 0, 500, TimeSpan.FromHours(-8)));
        body.GetProperty("children")[0].GetProperty("alias").GetString().ShouldBe("Zoë 😀");
        body.GetProperty("children")[0].GetProperty("dateOfBirth").GetString().ShouldBe("2011-01-31");
        body.GetProperty("free").GetRawText().ShouldBe("""{"a":[1,"b",null]}""");
        body.GetProperty("labels").GetProperty("k").GetString().ShouldBe("v");
    }

    [Theory]
    [InlineData("2026-11-21T07:10:00Z", "2026-11-21T07:10:00.000Z")]
    [InlineData("2026-11-20T23:10:00-08:00", "2026-11-21T07:10:00.000Z")]
    [InlineData("2026-11-21T07:10:00.1239999+00:00", "2026-11-21T07:10:00.123Z")]
    public async Task An_instant_with_an_offset_is_taken_and_given_in_UTC_with_milliseconds_never_later_than_it_is(string instant, string given)
    {
        var (status, body) = await SampleService.Read(sample.Service.Post("/v1/samples", $$"""{"occurredAt":"{{instant}}"}"""));

        status.ShouldBe(200);
        body.GetProperty("occurredAt").GetString().ShouldBe(given);
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/x-www-form-urlencoded", null)]
    [InlineData("application/json; charset=utf-16", null)]
    [InlineData("application/json; charset=canary", null)]
    [InlineData("application/json", "gzip")]
    [InlineData(null, null)]
    public async Task A_body_that_is_not_plain_JSON_is_415(string? type, string? encoding)
    {
        using var body = new ByteArrayContent("{}"u8.ToArray());
        if (type is not null)
            body.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
            body.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

        await SampleService.ReadProblem(sample.Service.Send(HttpMethod.Post, "/v1/samples", body), 415, "unsupported-media-type");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_two_megabytes_is_413(bool lengthIsTold)
    {
        using var body = new StringContent("{\"narrative\":\"" + new string('x', 2 * 1024 * 1024) + "\"}", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/samples") { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", sample.Service.Tokens.Issue());
        request.Headers.TransferEncodingChunked = !lengthIsTold;
        request.Headers.ExpectContinue = lengthIsTold;

        await SampleService.ReadProblem(sample.Service.Client.SendAsync(request, TestContext.Current.CancellationToken), 413, "body-too-large");
    }

    [Fact]
    public async Task No_mangled_body_makes_the_service_fail()
    {
        var random = new Random(20261120);
        var good = """{"source":{"agencyOri":"CA0194200"},"occurredAt":"2026-11-20T23:10:00-08:00","children":[{"approximateAge":15,"languages":["en"]}],"free":{"a":[null]},"labels":{"k":"v"},"id":null}"""u8.ToArray();
        byte[] likely = [.. "{}[]\",:\\u0000'.$/~ntf-"u8, 0, 0x80, 0xFF];

        for (var i = 0; i < 1_000; i++)
        {
            var bytes = good.ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(bytes.Count);
                bytes.RemoveRange(at, random.Next(0, Math.Min(4, bytes.Count - at)));
                bytes.Insert(at, likely[random.Next(likely.Length)]);
            }

            using var body = new ByteArrayContent([.. bytes]);
            body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await sample.Service.Send(HttpMethod.Post, "/v1/samples", body);

            answer.StatusCode.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.BadRequest], Encoding.Latin1.GetString([.. bytes]));
        }
    }

    [Fact]
    public async Task A_body_just_below_the_limit_is_taken()
    {
        using var answer = await sample.Service.Post("/v1/samples", "{\"narrative\":\"" + new string('x', 1_000_000) + "\"}");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
