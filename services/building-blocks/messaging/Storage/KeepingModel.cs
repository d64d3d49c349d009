using Microsoft.EntityFrameworkCore;
using SafeHarbor.Messaging.Keeping;

namespace SafeHarbor.Messaging.Storage;

/// <summary>How the table of a service is mapped whose sagas can be handed over.</summary>
public static class KeepingModel
{
    /// <summary>Adds the table <c>keepers</c>, which the service's own file makes, and hides from every query what was let go of.</summary>
    public static ModelBuilder AddKeeping<TSaga>(this ModelBuilder model) where TSaga : class, IKept
    {
        model.Entity<KeeperRow>().ToTable("keepers").HasKey(k => k.Organization);
        model.Entity<TSaga>().HasQueryFilter(saga => saga.Keeper == null);
        return model;
    }
}
