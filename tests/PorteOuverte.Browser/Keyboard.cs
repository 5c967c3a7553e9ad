using System.Text.Json;
using Microsoft.Playwright;

namespace PorteOuverte.Browser;

/// <summary>Somebody who has a keyboard and nothing else, and must see at each step where they are.</summary>
internal sealed class Keyboard(Tab tab)
{
    private const int Patience = 60;

    /// <summary>Goes on with Tab to the field, button or link of this name.</summary>
    public async Task Reach(string name)
    {
        List<string> passed = [];
        for (var step = 0; step < Patience; step++)
        {
            await tab.Page.Keyboard.PressAsync("Tab");
            var here = await Here();
            if (here is null)
            {
                // Past the last one: the browser's own bars, and from the top again.
                continue;
            }
            here.Seen.ShouldBeTrue($"{tab.Page.Url}: the focus is on « {here.Name} » and nothing shows it");
            if (here.Name == name)
            {
                return;
            }
            passed.Add(here.Name);
        }
        passed.ShouldContain(name, $"{tab.Page.Url}: Tab never comes to it");
    }

    /// <summary>Reaches a field and types.</summary>
    public async Task Type(string field, string text)
    {
        await Reach(field);
        await tab.Page.Keyboard.TypeAsync(text);
    }

    /// <summary>Reaches a button or a link and presses Enter.</summary>
    public async Task Enter(string name)
    {
        await Reach(name);
        await tab.Page.Keyboard.PressAsync("Enter");
    }

    private async Task<Focus?> Here()
    {
        // A ring that is drawn, in a colour, on something that is on the screen and not under something else.
        var here = await tab.Page.EvaluateAsync<JsonElement?>(
            """
            () => {
              const e = document.activeElement;
              if (!e || e === document.body || e === document.documentElement) return null;
              const style = getComputedStyle(e), box = e.getBoundingClientRect();
              const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1), y = Math.min(Math.max(box.y + box.height / 2, 0), innerHeight - 1);
              const above = document.elementFromPoint(x, y);
              const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !/^rgba\(.*, 0\)$/.test(style.outlineColor);
              const onScreen = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
              const name = (e.labels?.[0]?.innerText ?? e.getAttribute("aria-label") ?? e.innerText ?? "").trim().replace(/\s+/g, " ");
              return { name, seen: ring && onScreen && (e === above || e.contains(above) || (above?.contains(e) ?? false)) };
            }
            """
        );
        return here is { ValueKind: JsonValueKind.Object } found
            ? new Focus(found.GetProperty("name").GetString()!, found.GetProperty("seen").GetBoolean())
            : null;
    }

    private sealed record Focus(string Name, bool Seen);
}
