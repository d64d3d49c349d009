using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using SafeHarbor.Issuer;

// An OpenID Connect issuer as far as services see one: it publishes its keys, signs what it is told to, rotates and withdraws keys.
var app = WebApplication.CreateBuilder(args).Build();
var keys = new ConcurrentDictionary<string, SigningKey>();
var current = Rotate();
var fetches = 0;

app.MapGet("/health/ready", () => Results.Ok());
app.MapGet("/.well-known/openid-configuration", (HttpRequest request) =>
    new Dictionary<string, string> { ["issuer"] = Address(request), ["jwks_uri"] = Address(request) + "/keys" });
app.MapGet("/keys", () =>
{
    Interlocked.Increment(ref fetches);
    return new { keys = keys.Values.Where(key => key.IsPublished).Select(key => key.Published) };
});
app.MapGet("/fetches", () => fetches);
app.MapPost("/rotate", () => (current = Rotate()).Kid);
app.MapPost("/withdraw/{kid}", (string kid) => keys[kid].IsPublished = false);
// Signs these claims with the current key, or another that it has or had; issuer and times are added where they are missing.
app.MapPost("/token", (HttpRequest request, JsonObject claims, string? kid) =>
{
    var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    foreach (var (name, value) in new Dictionary<string, JsonNode> { ["iss"] = Address(request), ["nbf"] = now - 1, ["exp"] = now + 300 })
        if (!claims.ContainsKey(name))
            claims[name] = value;
    return (kid is null ? current : keys[kid]).Sign(claims);
});
await app.StartAsync();
await File.WriteAllTextAsync(app.Configuration["SafeHarbor:AddressFile"]!, app.Urls.First());
await app.WaitForShutdownAsync();
return 0;

SigningKey Rotate() => keys.GetOrAdd(Guid.NewGuid().ToString("N"), kid => new SigningKey(kid));

static string Address(HttpRequest request) => $"{request.Scheme}://{request.Host}";
