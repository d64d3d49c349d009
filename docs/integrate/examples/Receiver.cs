#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
// Receives SafeHarbor's webhooks on this machine: dotnet run Receiver.cs PORT SECRET-FILE
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

var (port, secretFile) = (args[0], args[1]);
// Yours outlives a restart: a table with webhook-id as its key.
var handled = new ConcurrentDictionary<string, bool>();
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
var app = builder.Build();
app.MapPost("/{**path}", async (HttpRequest request) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body);
    if (!IsGenuine(File.ReadAllText(secretFile).Trim(), request.Headers, body.ToArray()))
        return Results.Unauthorized();
    // Take it, answer, and act on it afterwards: after ten seconds it would be sent again.
    if (handled.TryAdd(request.Headers["webhook-id"].ToString(), true))
        Console.WriteLine(Encoding.UTF8.GetString(body.ToArray()));
    // A test asks for its challenge back: that makes this an endpoint that gets notices.
    using var notice = JsonDocument.Parse(body.ToArray());
    return notice.RootElement.GetProperty("data").TryGetProperty("challenge", out var challenge)
        ? Results.Text($"{{\"challenge\": \"{challenge.GetString()}\"}}", "application/json")
        : Results.NoContent();
});
app.Run();

// Over the bytes as they came: JSON that was read and written again has other ones.
static bool IsGenuine(string secret, IHeaderDictionary headers, byte[] body)
{
    string id = headers["webhook-id"].ToString(), timestamp = headers["webhook-timestamp"].ToString();
    if (!long.TryParse(timestamp, out var seconds) || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds) > 300)
        return false;
    byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
    var key = Convert.FromBase64String(secret["whsec_".Length..]);
    var expected = Encoding.UTF8.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
    // Two while a secret is rotated. In constant time: a forger learns nothing from how long it took.
    return headers["webhook-signature"].ToString().Split(' ').Any(one => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), expected));
}
