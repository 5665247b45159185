// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.operations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dashboard, in Grafana's JSON.
 *
 * @param uid its id, for links
 * @param title its title
 * @param panels its panels, three in a row
 */
record Dashboard(String uid, String title, List<Panel> panels) {

	private static final int PANEL_WIDTH = 8;

	private static final int PANEL_HEIGHT = 8;

	private static final int PANELS_PER_ROW = 3;

	private static final Map<String, Object> DATASOURCE = Map.of("uid", "${datasource}");

	Stream<String> queries() {
		return this.panels.stream().flatMap((panel) -> panel.queries().stream()).map(Query::expression);
	}

	/** The query as Prometheus understands it, for all services. */
	static String withoutVariables(String query) {
		return query.replace("$__rate_interval", "1m").replace("$service", ".*").replace("$instance", ".*");
	}

	String json() {
		Map<String, Object> root = new LinkedHashMap<>();
		root.put("uid", this.uid);
		root.put("title", this.title);
		root.put("tags", List.of("governance"));
		root.put("schemaVersion", 39);
		root.put("version", 1);
		root.put("editable", true);
		root.put("graphTooltip", 1);
		root.put("refresh", "30s");
		root.put("timezone", "browser");
		root.put("time", ordered("from", "now-1h", "to", "now"));
		root.put("templating", Map.of("list", variables()));
		List<Map<String, Object>> all = new ArrayList<>();
		for (int i = 0; i < this.panels.size(); i++) {
			all.add(panel(i, this.panels.get(i)));
		}
		root.put("panels", all);
		DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"))
			.withArrayIndenter(new DefaultIndenter("  ", "\n"));
		return JsonMapper.builder().build().writer().with(printer).writeValueAsString(root) + "\n";
	}

	private static List<Map<String, Object>> variables() {
		return List.of(
				ordered("name", "datasource", "label", "Data source", "type", "datasource", "query", "prometheus"),
				variable("service", "Service", "label_values(up, service)"),
				variable("instance", "Instance", "label_values(up{service=~\"$service\"}, instance)"));
	}

	private static Map<String, Object> variable(String name, String label, String query) {
		return ordered("name", name, "label", label, "type", "query", "datasource", DATASOURCE, "query", query,
				"refresh", 2, "sort", 1, "multi", true, "includeAll", true, "allValue", ".*", "current",
				ordered("text", "All", "value", "$__all"));
	}

	private static Map<String, Object> panel(int index, Panel panel) {
		List<Map<String, Object>> targets = new ArrayList<>();
		for (Query query : panel.queries()) {
			targets.add(ordered("refId", String.valueOf((char) ('A' + targets.size())), "datasource", DATASOURCE,
					"expr", query.expression(), "legendFormat", query.legend()));
		}
		return ordered("id", index + 1, "type", "timeseries", "title", panel.title(), "description",
				panel.description(), "datasource", DATASOURCE, "gridPos",
				ordered("h", PANEL_HEIGHT, "w", PANEL_WIDTH, "x", (index % PANELS_PER_ROW) * PANEL_WIDTH, "y",
						(index / PANELS_PER_ROW) * PANEL_HEIGHT),
				"fieldConfig", ordered("defaults", ordered("unit", panel.unit(), "min", 0), "overrides", List.of()),
				"options", ordered("legend", ordered("displayMode", "list", "placement", "bottom"), "tooltip",
						ordered("mode", "multi", "sort", "desc")),
				"targets", targets);
	}

	private static Map<String, Object> ordered(Object... keysAndValues) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			map.put((String) keysAndValues[i], keysAndValues[i + 1]);
		}
		return map;
	}

	/**
	 * A panel.
	 *
	 * @param title its title
	 * @param description what it shows
	 * @param unit the unit of its values, in Grafana's words
	 * @param queries what it shows
	 */
	record Panel(String title, String description, String unit, List<Query> queries) {

		Panel(String title, String description, String unit, Query... queries) {
			this(title, description, unit, List.of(queries));
		}

	}

	/**
	 * A query of a panel.
	 *
	 * @param expression in PromQL, with the dashboard's variables
	 * @param legend the name of each line
	 */
	record Query(String expression, String legend) {

	}

}
