using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.Messaging.Storage;

/// <summary>A service's tables: what is a type of <c>contracts/</c> in a row is its text in the database. A text that is none cannot be read.</summary>
public abstract class ServiceDb(DbContextOptions options) : DbContext(options)
{
    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Organization>().HaveConversion<TextColumn<Organization>>();
        configurationBuilder.Properties<CountyFips>().HaveConversion<TextColumn<CountyFips>>();
        configurationBuilder.Properties<Role>().HaveConversion<RoleColumn>();
    }

    private sealed class TextColumn<T>() : ValueConverter<T, string>(value => value.Text, text => Parse(text)) where T : class, IText<T>
    {
        // An expression tree cannot name a static member of a type parameter.
        private static T Parse(string text) => T.Parse(text);
    }

    private sealed class RoleColumn() : ValueConverter<Role, string>(role => role.Text(), text => Roles.Parse(text));
}
