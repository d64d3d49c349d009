using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;

namespace SafeHarbor.Messaging.Storage;

/// <summary>A column of a <see cref="Table"/>: how its values go into a parameter array and come back from a reader.</summary>
internal sealed class Column
{
    private readonly ValueConverter? _converter;
    private readonly Type _element;

    public Column(IProperty property)
    {
        var mapping = property.GetRelationalTypeMapping();
        Property = property;
        Name = $"\"{property.GetColumnName()}\"";
        StoreType = mapping.StoreType;
        GivenByDatabase = property.ValueGenerated != ValueGenerated.Never;
        _converter = mapping.Converter;
        var type = _converter?.ProviderClrType ?? property.ClrType;
        _element = property.IsNullable && type.IsValueType && Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type;
    }

    public IProperty Property { get; }
    public string Name { get; }
    public string StoreType { get; }
    public bool GivenByDatabase { get; }

    public NpgsqlParameter Parameter(IReadOnlyList<object> rows)
    {
        var values = Array.CreateInstance(_element, rows.Count);
        for (var i = 0; i < rows.Count; i++)
            values.SetValue(Value(rows[i]), i);
        return new NpgsqlParameter { Value = values, DataTypeName = StoreType + "[]" };
    }

    /// <summary>The value of a row as it is written.</summary>
    public object? Value(object row)
    {
        var value = Property.PropertyInfo!.GetValue(row);
        if (value is not null && _converter is not null)
            value = _converter.ConvertToProvider(value);
        return value is DateTimeOffset instant ? instant.ToUniversalTime() : value;
    }

    public void Read(NpgsqlDataReader reader, int ordinal, object row)
    {
        if (reader.IsDBNull(ordinal))
            return;
        var value = _converter is null ? Value(reader, ordinal) : _converter.ConvertFromProvider(Value(reader, ordinal));
        Property.PropertyInfo!.SetValue(row, value);
    }

    private object Value(NpgsqlDataReader reader, int ordinal) => (Nullable.GetUnderlyingType(_element) ?? _element) switch
    {
        var type when type == typeof(DateTimeOffset) => reader.GetFieldValue<DateTimeOffset>(ordinal),
        var type when type == typeof(DateOnly) => reader.GetFieldValue<DateOnly>(ordinal),
        _ => reader.GetValue(ordinal),
    };
}
