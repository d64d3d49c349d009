using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace SafeHarbor.ServiceDefaults.Limits;

/// <summary>What one client can be taken to have: an IPv4 address, or the whole /64 network of an IPv6 address. Whoever has no address (a Unix socket) is one client.</summary>
internal readonly record struct ClientNetwork(UInt128 Bits)
{
    public static ClientNetwork Of(IPAddress? address)
    {
        if (address is null)
            return default;
        Span<byte> bytes = stackalloc byte[16];
        var plain = address.AddressFamily == AddressFamily.InterNetwork ? address.MapToIPv6() : address;
        plain.TryWriteBytes(bytes, out _);
        if (!plain.IsIPv4MappedToIPv6)
            bytes[8..].Clear();
        return new(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }
}
