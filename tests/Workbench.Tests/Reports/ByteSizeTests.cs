namespace Workbench;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(1023, "1023 bytes")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(1_048_575, "1.0 MiB")]
    [InlineData(5_000_000_000, "4.7 GiB")]
    [InlineData(long.MaxValue, "8.0 EiB")]
    public void Format_AnyNumber_TakesTheFittingUnit(long bytes, string expected) =>
        Assert.Equal(expected, ByteSize.Format(bytes));
}
