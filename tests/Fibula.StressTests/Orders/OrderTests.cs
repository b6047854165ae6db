namespace Fibula.StressTests.Orders;

/// <summary>The transitions of tasks and scopes in every order.</summary>
public sealed class OrderTests(ITestOutputHelper output)
{
    private const int Depth = 6;

    [Theory, MemberData(nameof(Settings))]
    public void Family_EveryOrderOfSixActs_KeepsTheRules(OrderSetting setting) => Search(() => new FamilyWorld(setting), Depth);

    [Theory, MemberData(nameof(Settings))]
    public void Group_EveryOrderOfSixActs_KeepsTheRules(OrderSetting setting) => Search(() => new GroupWorld(setting), Depth);

    [Theory, MemberData(nameof(Settings)), Trait("Run", "Long")]
    public void Family_EveryOrderOfSevenActs_KeepsTheRules(OrderSetting setting) => Search(() => new FamilyWorld(setting), Depth + 1);

    [Theory, MemberData(nameof(Settings)), Trait("Run", "Long")]
    public void Group_EveryOrderOfSevenActs_KeepsTheRules(OrderSetting setting) => Search(() => new GroupWorld(setting), Depth + 1);

    public static TheoryData<OrderSetting> Settings => [.. Enum.GetValues<OrderSetting>()];

    private void Search(Func<OrderWorld> create, int depth) =>
        output.WriteLine($"{OrderSearch.Run(create, depth)} sequences");
}
