// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.governance.metrics.GovernanceMeter;
import io.governance.verification.operations.Dashboard.Panel;
import io.governance.verification.operations.Dashboard.Query;

/**
 * The dashboards that are shipped: a few panels made by hand, and one for each meter.
 */
public final class Dashboards {

	private static final String SERVICE = "{service=~\"$service\"}";

	private static final List<String> TELEMETRY = List.of("governance.tracing.", "governance.access.log.",
			"governance.logging.", "governance.meters.", "governance.metrics.");

	private Dashboards() {
	}

	/**
	 * All dashboards.
	 * @return the dashboards, without those that have no panel
	 */
	static List<Dashboard> all() {
		return List.of(new Dashboard("governance-overview", "Governance: overview", overview()),
				new Dashboard("governance-resilience", "Governance: resilience", resilience()),
				new Dashboard("governance-discovery-config", "Governance: discovery and configuration",
						meters(Dashboards::isOfDiscoveryOrConfig)),
				new Dashboard("governance-telemetry", "Governance: tracing, metrics and logs", telemetry()));
	}

	/**
	 * The files that should be there.
	 * @return texts by the names of their files
	 */
	public static List<NamedText> files() {
		return all().stream().map((dashboard) -> new NamedText(dashboard.uid() + ".json", dashboard.json())).toList();
	}

	private static List<Panel> overview() {
		return List.of(
				new Panel("Requests", "Requests a second that each service answers.", "reqps",
						new Query("service:http_requests:rate5m" + SERVICE, "{{service}}")),
				new Panel("Errors", "Share of requests that end with a 5xx.", "percentunit",
						new Query("service:http_errors:ratio_rate5m" + SERVICE, "{{service}}")),
				new Panel("Latency", "Median, 95th and 99th percentile.", "s",
						new Query("service:http_latency_seconds:p50_5m" + SERVICE, "{{service}} p50"),
						new Query("service:http_latency_seconds:p95_5m" + SERVICE, "{{service}} p95"),
						new Query("service:http_latency_seconds:p99_5m" + SERVICE, "{{service}} p99")),
				new Panel("Error budget left", "Of the last three days; below zero the objective is missed.",
						"percentunit",
						new Query("1 - service:http_errors:ratio_rate3d" + SERVICE
								+ " / (1 - scalar(governance:availability:objective))", "{{service}}")),
				new Panel("Burn rate", "How many times too fast the error budget is spent; pages at 14.4 and at 6.",
						"short", burnRate("1h"), burnRate("6h")),
				new Panel("Slow requests", "Share of requests that take longer than the objective allows.",
						"percentunit", new Query("service:http_slow:ratio_rate5m" + SERVICE, "{{service}}")),
				new Panel("Instances", "Instances that are registered, and those that can be scraped.", "short",
						new Query("count by (service) (up" + SERVICE + ")", "{{service}} registered"),
						new Query("sum by (service) (up" + SERVICE + ")", "{{service}} up")),
				new Panel("Rejected", "Calls a second that rules reject.", "reqps",
						new Query(
								"sum by (service, rule_type) (rate(governance_decisions_total{" + MeterPanel.SELECTED
										+ ",decision=\"rejected\",enforcement=\"enforced\"}[$__rate_interval]))",
								"{{service}} {{rule_type}}")),
				new Panel("Calls to others", "Requests a second that each service makes.", "reqps",
						new Query(
								"sum by (service, client_name, outcome) (rate(http_client_requests_seconds_count{"
										+ MeterPanel.SELECTED + "}[$__rate_interval]))",
								"{{service}} to {{client_name}} {{outcome}}")),
				new Panel("Alerts", "Alerts that fire.", "short",
						new Query("count by (alertname, service) (ALERTS{alertstate=\"firing\",service=~\"$service\"})",
								"{{alertname}} {{service}}")));
	}

	private static Query burnRate(String window) {
		return new Query("service:http_errors:ratio_rate" + window + SERVICE
				+ " / (1 - scalar(governance:availability:objective))", "{{service}} " + window);
	}

	private static List<Panel> resilience() {
		List<Panel> panels = new ArrayList<>(List.of(
				decisions("Breakers", "Calls that breakers reject, and openings, a second.",
						"rule_type=~\"circuit-breaker|adaptive-breaker\",decision=~\"rejected|opened\""),
				decisions("Retries", "Attempts that were made again, and those that found no budget, a second.",
						"rule_type=\"retry\",decision=~\"retried|budget-exhausted\""),
				decisions("Limits", "Calls that rate limits and the like reject, a second.",
						"rule_type!~\"circuit-breaker|adaptive-breaker\",decision=\"rejected\""),
				new Panel("Would reject", "Calls a second that rules in shadow would reject.", "reqps", new Query(
						"sum by (service, rule_type, rule_id) (rate(governance_decisions_total{" + MeterPanel.SELECTED
								+ ",decision=\"rejected\",enforcement=\"shadow\"}[$__rate_interval]))",
						"{{service}} {{rule_type}}/{{rule_id}}"))));
		panels.addAll(meters((meter) -> !isOfDiscoveryOrConfig(meter) && !isOfTelemetry(meter)));
		return panels;
	}

	private static Panel decisions(String title, String description, String selector) {
		return new Panel(title, description, "reqps",
				new Query("sum by (service, rule_type, rule_id, decision) (rate(governance_decisions_total{"
						+ MeterPanel.SELECTED + "," + selector + ",enforcement=\"enforced\"}[$__rate_interval]))",
						"{{service}} {{rule_type}}/{{rule_id}} {{decision}}"));
	}

	private static List<Panel> telemetry() {
		List<Panel> panels = new ArrayList<>(List.of(
				new Panel("Series", "Series that each instance gives at a scrape.", "short",
						new Query("max by (service, instance) (scrape_samples_scraped{" + MeterPanel.SELECTED + "})",
								"{{service}} {{instance}}")),
				new Panel("Scrapes", "How long a scrape takes.", "s",
						new Query("max by (service, instance) (scrape_duration_seconds{" + MeterPanel.SELECTED + "})",
								"{{service}} {{instance}}"))));
		panels.addAll(meters(Dashboards::isOfTelemetry));
		return panels;
	}

	private static List<Panel> meters(Predicate<GovernanceMeter> selected) {
		return Stream.of(GovernanceMeter.values()).filter(selected).map(MeterPanel::of).toList();
	}

	private static boolean isOfDiscoveryOrConfig(GovernanceMeter meter) {
		return meter.meterName().startsWith("governance.discovery.")
				|| meter.meterName().startsWith("governance.config.");
	}

	private static boolean isOfTelemetry(GovernanceMeter meter) {
		return TELEMETRY.stream().anyMatch(meter.meterName()::startsWith);
	}

	/**
	 * A file.
	 *
	 * @param name its name
	 * @param text what should stand in it
	 */
	public record NamedText(String name, String text) {

	}

}
