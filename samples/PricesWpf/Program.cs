namespace PricesWpf;

/// <summary>The application, as it was before, but for one line.</summary>
public sealed class Program : Application
{
    [STAThread]
    public static int Main() => new Program().Run();

    // docs: use
    protected override void OnStartup(StartupEventArgs e) => new PricesWindow(this.UseFibula()).Show();
    // docs: end
}
