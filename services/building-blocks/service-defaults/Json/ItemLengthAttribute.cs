namespace SafeHarbor.ServiceDefaults.Json;

/// <summary>How many characters each text of a list may have; as <see cref="System.ComponentModel.DataAnnotations.MaxLengthAttribute"/> says how many texts.</summary>
/// <param name="most">Characters.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ItemLengthAttribute(int most) : Attribute
{
    /// <summary>Characters.</summary>
    public int Most => most;
}
