using MassTransit;
using MassTransit.Configuration;
using MassTransit.Context;
using MassTransit.Saga;
using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Keeping;

namespace SafeHarbor.Messaging.Sagas;

/// <summary>
/// Keeps sagas in their table. The group commit loads and locks them; what the state machine decides is written by the unit of work.
/// Sagas are found by their id only.
/// </summary>
internal sealed class SagaRepositoryContextFactory<TSaga> : ISagaRepositoryContextFactory<TSaga> where TSaga : class, ISaga
{
    public async Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<TSaga, T>> next) where T : class
    {
        var member = context.GetPayload<GroupMember>();
        await context.GetPayload<GroupCommit>().LoadAsync(member, typeof(TSaga), context.CorrelationId!.Value, context.CancellationToken);
        if (member.IsDuplicate)
            return;
        if (member.Saga is IKept { Keeper: { } keeper, Organization: var whose })
            member.Follow(context.ReceiveContext, whose, keeper);
        else if (member.Saga is null && context.Message is IAddressed { Key: { } key } && member.Keepers?.ElsewhereOf(key) is { } elsewhere)
            member.Follow(context.ReceiveContext, Organization.Parse(key), elsewhere);
        else
            await next.Send(new LoadedSagaContext<TSaga, T>(context, (TSaga?)member.Saga, member.Unit));
    }

    public Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next) where T : class =>
        throw new NotSupportedException("A saga is found by its id: correlate with CorrelateById.");

    public void Probe(ProbeContext context) => context.Add("persistence", "unitOfWork");
}

/// <summary>One message at one saga that has been loaded; changes go into the unit of work.</summary>
internal sealed class LoadedSagaContext<TSaga, T>(ConsumeContext<T> context, TSaga? saga, UnitOfWork unit)
    : ConsumeContextScope<T>(context), SagaRepositoryContext<TSaga, T> where TSaga : class, ISaga where T : class
{
    private readonly ConsumeContext<T> _context = context;

    public Task<SagaConsumeContext<TSaga, T>> Add(TSaga instance) => CreateSagaConsumeContext(_context, instance, SagaConsumeContextMode.Add);

    public Task<SagaConsumeContext<TSaga, T>> Insert(TSaga instance) => throw new NotSupportedException("Do not use InsertOnInitial: the row is inserted at the commit.");

    public Task<SagaConsumeContext<TSaga, T>> Load(Guid correlationId) => saga is null
        ? Task.FromResult<SagaConsumeContext<TSaga, T>>(null!)
        : CreateSagaConsumeContext(_context, saga, SagaConsumeContextMode.Load);

    public Task Save(SagaConsumeContext<TSaga> context) => Done(() => unit.Add(context.Saga));

    public Task Update(SagaConsumeContext<TSaga> context) => Done(() => unit.Replace(context.Saga));

    public Task Delete(SagaConsumeContext<TSaga> context) => Done(() => unit.Remove(context.Saga));

    public Task Discard(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task<SagaConsumeContext<TSaga, TMessage>> CreateSagaConsumeContext<TMessage>(ConsumeContext<TMessage> consumeContext, TSaga instance,
        SagaConsumeContextMode mode) where TMessage : class =>
        Task.FromResult<SagaConsumeContext<TSaga, TMessage>>(new DefaultSagaConsumeContext<TSaga, TMessage>(consumeContext, instance));

    private static Task Done(Action change)
    {
        change();
        return Task.CompletedTask;
    }
}

internal static class SagaRepositoryRegistration
{
    public static void UseUnitOfWork<TSaga>(this ISagaRegistrationConfigurator<TSaga> saga) where TSaga : class, ISaga => saga.Repository(r =>
        r.RegisterSagaRepository<TSaga, UnitOfWork, SagaConsumeContextFactory<UnitOfWork, TSaga>, SagaRepositoryContextFactory<TSaga>>());
}
