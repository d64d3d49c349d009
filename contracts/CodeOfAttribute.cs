using System.Reflection;

namespace SafeHarbor.Contracts;

/// <summary>
/// The text (each of the texts, each member's name) is a code of a list. What a code means is the documentation of what stands for it; the OpenAPI documents show both.
/// </summary>
/// <param name="list">A class with a text constant for each code.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public class CodeOfAttribute(Type list) : Attribute
{
    /// <summary>The class that the codes stand in.</summary>
    public Type List => list;

    /// <summary>What the list is called in the OpenAPI documents.</summary>
    public virtual string Name => list.Name;

    /// <summary>Codes of the list that do not stand here.</summary>
    public string[] Except { get; init; } = [];

    /// <summary>Every code of the list with what stands for it, in the order in which they stand there.</summary>
    public virtual IReadOnlyList<(string Code, MemberInfo Member)> All =>
        [.. list.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(f => f.IsLiteral && f.FieldType == typeof(string))
            .OrderBy(f => f.MetadataToken).Select(f => ((string)f.GetRawConstantValue()!, (MemberInfo)f))];
}
