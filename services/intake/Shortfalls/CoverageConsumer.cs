using MassTransit;
using SafeHarbor.Contracts.CaseServices;

namespace SafeHarbor.Intake.Shortfalls;

/// <summary>Keeps what case-services tells of a provider; what is older than what is known changes nothing.</summary>
public sealed class CoverageConsumer(Coverage coverage) : IConsumer<ProviderListed>
{
    public Task Consume(ConsumeContext<ProviderListed> context)
    {
        if (!coverage.Knows(context.Message))
            context.UnitOfWork().Put(CoveringProvider.Of(context.Message));
        return Task.CompletedTask;
    }
}
