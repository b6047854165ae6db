using Avalonia.Themes.Fluent;
using PricesAvalonia;

return AppBuilder.Configure<App>().UsePlatformDetect()
    .AfterSetup(builder => builder.Instance!.Styles.Add(new FluentTheme()))
    .StartWithClassicDesktopLifetime(args);
