using MassTransit;
using SafeHarbor.Messaging.Keeping;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Messaging;

/// <summary>
/// How often a handler that throws is tried before its message is parked. What is not the message's fault never comes here: a database that is away
/// and transactions that meet are dealt with by the group commit, uncounted.
/// </summary>
internal static class Retries
{
    public static void Configure(IReceiveEndpointConfigurator endpoint) =>
        endpoint.UseMessageRetry(retry =>
        {
            retry.Intervals(100, 500, 2000);
            retry.Ignore<OperationCanceledException>();
            retry.Ignore<OtherInstallationException>();
            retry.Ignore<NeverCameException>();
        });
}
