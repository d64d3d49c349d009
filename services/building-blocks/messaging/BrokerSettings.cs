using RabbitMQ.Client;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.Messaging;

/// <summary>Limits that differ from the clients' defaults; each was found by breaking things (docs/adr/0003).</summary>
internal static class BrokerSettings
{
    /// <summary>A dead peer is noticed after two missed beats; the client's default would take up to 120 s, and below 5 s a busy machine looks dead.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    /// <summary>How long an AMQP call may go unanswered, for example by a queue without a leader.</summary>
    public static readonly TimeSpan ContinuationTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long the broker may take to confirm a batch; a blocked broker confirms nothing and throws nothing.</summary>
    public static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(12);

    /// <summary>Messages of an endpoint that the broker sends ahead; all of them may share a transaction.</summary>
    public const int Prefetch = 64;

    /// <summary>For connections that are no bus's: nothing comes back by itself, because whoever holds one opens a new one and looks at everything again.</summary>
    public static ConnectionFactory Factory(Uri broker, TrustedAuthority? authority, string name)
    {
        var factory = new ConnectionFactory
        {
            Uri = broker,
            ClientProvidedName = name,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = Heartbeat,
            ContinuationTimeout = ContinuationTimeout,
        };
        BrokerTls.Secure(factory.Ssl, broker, authority);
        return factory;
    }
}
