using System.Net.Mime;
using FsCheck;
using FsCheck.Fluent;

namespace SafeHarbor.Fuzz;

/// <summary>What is sent, as a generator.</summary>
internal sealed class Attacks(IReadOnlyList<Door> doors, Pool pool, Func<string, string> tokenOf)
{
    private static readonly string[] Names = ["Prefer", "If-Match", "If-None-Match", "Idempotency-Key", "Purpose", "Accept", "traceparent", "X-Forwarded-For", "Content-Encoding", "Range", "Expect", "X-HTTP-Method-Override"];

    /// <summary>The attack of that number: the same with the same seed, and the same bodies learned before it.</summary>
    public Attack At(int seed, int number) => One().Sample(1, new Rnd((ulong)seed, (ulong)number * 2 + 1), 30).Single();

    private Gen<Attack> One() =>
        from door in Gen.Elements(doors.AsEnumerable())
        from caller in Gen.Frequency((12, Gen.Elements(door.Callers.AsEnumerable()).Select(c => (string?)c)), (1, Gen.Elements<string?>("provider:open-door", "county:06001", null)))
        from target in Target(door)
        from body in Body(door)
        from headers in Headers(caller)
        from type in Gen.Frequency((20, Gen.Constant(MediaTypeNames.Application.Json)), (1, Gen.Elements("text/plain", "application/json; charset=utf-16", "application/xml", "multipart/form-data; boundary=x", "application/merge-patch+json", "")))
        select new Attack(door, caller, target, body is null ? headers : [.. headers, ("Content-Type", type)], body);

    private static Gen<string> Target(Door door) =>
        from values in Gen.Frequency((3, Gen.Elements("06037", "harbor-house", "1")), (4, Gen.Fresh(() => Guid.NewGuid().ToString())), (2, Hostile.InAddress)).ArrayOf(3)
        from queries in (from name in door.Queries.Count == 0 ? Gen.Constant("x") : Gen.Frequency((8, Gen.Elements(door.Queries.AsEnumerable())), (1, Hostile.InAddress))
                         from value in Hostile.InAddress
                         select $"{name}={value}").ListOf(2)
        from how in Gen.Choose(0, 9)
        let path = Path(door, values)
        select how < (door.Queries.Count == 0 ? 1 : 6) && queries.Count > 0 ? $"{path}?{string.Join('&', queries)}" : path;

    private static string Path(Door door, string[] values)
    {
        var next = 0;
        return door.PathWith(_ => values[next++ % values.Length] is { Length: > 0 } value ? value : "0");
    }

    private Gen<byte[]?> Body(Door door) =>
        from which in Gen.Choose(0, 100_000)
        let body = pool.Pick(door, which)
        from changed in body is null ? Gen.Constant((byte[]?)null) : Mutation.Of(body).Select(b => (byte[]?)b)
        select changed;

    private Gen<IReadOnlyList<(string, string)>> Headers(string? caller) =>
        from some in (from name in Gen.Elements(Names)
                      from value in Gen.Frequency((3, Hostile.Text), (3, Gen.Elements("wait=1", "wait=-1", "wait=1e9", "handling=lenient", "handling=strict, wait=0", "*", "\"1\"", "W/\"1\"", "\"1\", \"2\", *", "bytes=0-", "gzip", "100-continue")))
                      select (name, value)).ListOf(2)
        from has in Gen.Choose(0, 4)
        from bad in Gen.Choose(0, 15)
        from token in Token(caller)
        select (IReadOnlyList<(string, string)>)[.. has == 0 ? some.Where(h => IsSendable(h.value)) : [], .. bad == 0 ? new[] { ("Authorization", token) } : []];

    // Others the client refuses to send.
    private static bool IsSendable(string value) => value.Length < 4000 && value.All(c => c is >= ' ' and <= '~');

    private Gen<string> Token(string? caller) =>
        from at in Gen.Choose(0, 100_000)
        from how in Gen.Choose(0, 7)
        from other in Hostile.InAddress
        let token = tokenOf(caller ?? "county:06037")
        let cut = at % token.Length
        select "Bearer " + (how switch
        {
            0 => token[..cut],
            1 => token[..cut] + (token[cut] == 'A' ? 'B' : 'A') + token[(cut + 1)..],
            2 => $"{token}.{other}",
            3 => string.Join('.', token.Split('.').Reverse()),
            4 => $"eyJhbGciOiJub25lIn0.{token.Split('.')[1]}.",
            5 => $"{token.Split('.')[0]}..{token.Split('.')[2]}",
            6 => $"{other}.{token.Split('.')[1]}.{token.Split('.')[2]}",
            _ => new string('a', Math.Min(cut * 10, 8000)),
        });
}
