import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([AriaComponent, BarChart, CanvasRenderer, GridComponent, LegendComponent, LineChart, MarkLineComponent, TooltipComponent]);

type Column = { name: string; texts: string[]; values: (number | null)[]; role: string };

// The figures stand in the table, as numbers in <data value>: there is no second copy that could differ.
const read = (table: HTMLTableElement) => {
  const labels = [...table.querySelectorAll("tbody th")].map((th) => th.textContent!.trim());
  const rows = [...table.tBodies[0]!.rows];
  const columns: Column[] = [...table.tHead!.rows[0]!.cells].slice(1).map((th, i) => {
    const cells = rows.map((row) => row.cells[i + 1]!);
    return {
      name: th.textContent!.trim(),
      role: th.dataset.role ?? "",
      texts: cells.map((cell) => cell.textContent!.trim()),
      values: cells.map((cell) => {
        const value = cell.querySelector("data")?.value;
        return value === undefined || value === "" ? null : Number(value);
      }),
    };
  });
  return { labels, columns };
};

export const draw = (element: HTMLElement) => {
  const picture = element.querySelector<HTMLElement>(".picture")!;
  const table = element.querySelector("table")!;
  const details = element.querySelector("details")!;
  details.open = false;
  picture.hidden = false;
  const chart = init(picture, null, { renderer: "canvas" });
  const { labels, columns } = read(table);
  const bars = element.dataset.kind === "bars";
  const format = new Intl.NumberFormat(document.documentElement.lang, {
    notation: "compact",
    ...(element.dataset.unit === "percent" ? { style: "percent" } : element.dataset.unit === "euro" ? { style: "currency", currency: "EUR" } : {}),
  });
  const lines = JSON.parse(element.dataset.lines ?? "[]") as { value: number; label: string }[];

  const paint = () => {
    const css = getComputedStyle(document.documentElement);
    // Colours are resolved by the browser: the tokens speak of light and dark at once.
    const probe = document.createElement("i");
    element.append(probe);
    const colour = (name: string) => {
      probe.style.color = `var(--${name})`;
      return getComputedStyle(probe).color;
    };
    const tones = [colour("accent"), colour("watch"), colour("ink-3"), colour("good"), colour("danger")];
    const [ink, quiet, rule, surface] = [colour("ink-2"), colour("ink-3"), colour("line"), colour("surface")];
    const font = css.getPropertyValue("--sans");
    probe.remove();
    const low = columns.find((c) => c.role === "low");
    const high = columns.find((c) => c.role === "high");
    const shown = columns.filter((c) => c.role !== "low" && c.role !== "high");
    const category = { type: "category", data: labels, axisTick: { show: false }, axisLine: { lineStyle: { color: rule } }, axisLabel: { color: ink, fontFamily: font } };
    const value = { type: "value", splitNumber: 4, minInterval: element.dataset.unit === "number" ? 1 : 0, splitLine: { lineStyle: { color: rule } }, axisLabel: { color: quiet, fontFamily: font, hideOverlap: true, formatter: (v: number) => format.format(v) } };
    const lying = bars && element.dataset.lying !== undefined;
    const option: EChartsCoreOption = {
      animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      color: tones,
      textStyle: { fontFamily: font, color: ink },
      grid: { left: 4, right: 16, top: shown.length > 1 ? 36 : lines.length > 0 ? 24 : 16, bottom: 4, containLabel: true },
      legend: shown.length > 1 ? { top: 0, left: 0, textStyle: { color: ink, fontFamily: font }, itemWidth: 14, itemHeight: 8 } : { show: false },
      tooltip: {
        trigger: "axis",
        renderMode: "richText",
        confine: true,
        backgroundColor: surface,
        borderColor: rule,
        textStyle: { color: ink, fontFamily: font },
        formatter: (points: { dataIndex: number }[]) => {
          const at = points[0]?.dataIndex ?? 0;
          return [labels[at], ...columns.map((c) => `${c.name}  ${c.texts[at]}`)].join("\n");
        },
      },
      xAxis: lying ? value : category,
      yAxis: lying ? { ...category, inverse: true } : value,
      series: [
        ...(low && high
          ? [
              { type: "line", stack: "band", stackStrategy: "all", data: low.values, symbol: "none", lineStyle: { opacity: 0 }, silent: true, tooltip: { show: false } },
              { type: "line", stack: "band", stackStrategy: "all", data: high.values.map((v, i) => (v === null || low.values[i] === null ? null : v - low.values[i]!)), symbol: "none", lineStyle: { opacity: 0 }, areaStyle: { color: tones[0], opacity: 0.14 }, silent: true, tooltip: { show: false } },
            ]
          : []),
        ...shown.map((c, i) => ({
          type: bars ? "bar" : "line",
          name: c.name,
          data: c.values,
          showSymbol: labels.length < 30,
          barMaxWidth: 28,
          itemStyle: { color: tones[i % tones.length], borderRadius: bars ? (lying ? [0, 3, 3, 0] : [3, 3, 0, 0]) : 0 },
          lineStyle: { width: 2 },
          markLine:
            i === 0 && lines.length > 0
              ? { symbol: "none", silent: true, lineStyle: { color: quiet, type: "dashed" }, label: { color: quiet, fontFamily: font, formatter: "{b}", position: lying ? "end" : "insideEndTop", rotate: 0 }, data: lines.map((l) => ({ name: l.label, [lying ? "xAxis" : "yAxis"]: l.value })) }
              : undefined,
        })),
      ],
    };
    chart.setOption(option, true);
  };
  paint();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  new ResizeObserver(() => chart.resize()).observe(picture);
};
