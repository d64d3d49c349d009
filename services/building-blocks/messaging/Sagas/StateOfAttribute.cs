using System.Reflection;
using MassTransit;
using SafeHarbor.Contracts;

namespace SafeHarbor.Messaging.Sagas;

/// <summary>The text is the word of a state of a machine; what it means is the state's documentation.</summary>
/// <param name="machine">The machine.</param>
public sealed class StateOfAttribute(Type machine) : CodeOfAttribute(machine)
{
    /// <inheritdoc/>
    public override string Name => $"{List.Name.Replace("Machine", "", StringComparison.Ordinal)}States";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Code, MemberInfo Member)> All =>
        [.. List.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(p => p.PropertyType == typeof(State))
            .OrderBy(p => p.MetadataToken).Select(p => (StateWord.Of(p.Name), (MemberInfo)p))];
}
