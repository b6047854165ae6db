using Story;
using Story.Web;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0").UseStaticWebAssets();
builder.Logging.ClearProviders();
builder.Services.AddRazorComponents().AddInteractiveServerComponents().UseFibula<Lesson>();

// A browser that is still there would hold the end up.
builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

// From the lesson to the page: what is to be called when the user clicks.
builder.Services.AddScoped<TaskCompletionSource<Action>>();
builder.Services.AddScoped<Action<Action>>(circuit => circuit.GetRequiredService<TaskCompletionSource<Action>>().SetResult);

WebApplication server = builder.Build();
server.UseAntiforgery();
server.MapStaticAssets();
server.MapRazorComponents<App>().AddInteractiveServerRenderMode();
await server.StartAsync();
Console.Error.WriteLine($"Open {server.Urls.Single()}");
await server.WaitForShutdownAsync();
