// SPDX-License-Identifier: Apache-2.0

package io.governance.metrics;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import org.jspecify.annotations.Nullable;

/**
 * All meters of the suite: the one place where their names, tags and meanings are said.
 * Whoever emits one starts from its constant, so that the page of metrics, dashboards and
 * alerts, which derive from here, cannot be wrong about it. Immutable.
 */
public enum GovernanceMeter {

	// one constant per meter, sorted by name; docs/reference/metrics.md is made from them

	/** Lines of the access log. */
	ACCESS_LOG_LINES("governance.access.log.lines", Meter.Type.COUNTER, null,
			"Lines of the access log; none may be dropped for long", "governance-starter-tracing",
			new MeterTag("result", "`written`, `dropped` because too many waited or the appender failed")),

	/** Lines that wait to be written. */
	ACCESS_LOG_QUEUED("governance.access.log.queued", Meter.Type.GAUGE, null,
			"Lines of the access log that wait to be written", "governance-starter-tracing"),

	/** The states of adaptive breakers. */
	ADAPTIVE_BREAKER_STATE("governance.adaptive.breaker.state", Meter.Type.GAUGE, null,
			"1 for the state that the adaptive breaker of a service is in as of its last call, 0 for the other",
			"governance-spring", new MeterTag("rule.id", "the ids of the rules in force"),
			new MeterTag("service",
					"the services called under a rule with the key `service`, at most its `max-keys`; `*` for the rest"),
			new MeterTag("state", "`passing`, `throttling`")),

	/** Attempts at an instance. */
	ATTEMPTS("governance.attempts", Meter.Type.COUNTER, null,
			"Attempts at an instance of a called service; removed ten minutes after the instance left",
			"governance-starter-discovery", new MeterTag("service", "the services this process calls"),
			new MeterTag("target", "addresses of their instances, host:port")),

	/** The states of circuit breakers. */
	CIRCUIT_BREAKER_STATE("governance.circuit.breaker.state", Meter.Type.GAUGE, null,
			"1 for the state that the breaker of a service is in, 0 for the others", "governance-spring",
			new MeterTag("rule.id", "the ids of the rules in force"),
			new MeterTag("service",
					"the services called under a rule whose `key` is the service, at most its `max-keys`; `*` for further ones"),
			new MeterTag("state", "`closed`, `open`, `half-open`")),

	/** Age of unconfirmed configuration. */
	CONFIG_AGE("governance.config.age", Meter.Type.GAUGE, "seconds",
			"Time since the config server stopped confirming the configuration in force; 0 while it confirms it",
			"governance-starter-config"),

	/** Whether the config server answered last. */
	CONFIG_CONNECTED("governance.config.connected", Meter.Type.GAUGE, null, "1 if the config server answered last",
			"governance-starter-config"),

	/** What became of fetched configuration. */
	CONFIG_FETCHES("governance.config.fetches", Meter.Type.COUNTER, null,
			"What became of remote configuration after the start", "governance-starter-config",
			new MeterTag("outcome",
					"`taken`, `refused` by this service, `unreachable`, `unserved`: the server answered with an error")),

	/** Scrape targets. */
	CONFIG_SERVER_TARGETS("governance.config.server.targets", Meter.Type.GAUGE, null,
			"Scrape targets that the config server gives to Prometheus", "governance-config-server"),

	/** Age of unconfirmed scrape targets. */
	CONFIG_SERVER_TARGETS_AGE("governance.config.server.targets.age", Meter.Type.GAUGE, "seconds",
			"Age of the scrape targets while the registry does not confirm them; 0 while it does",
			"governance-config-server"),

	/** Watch requests held by the config server. */
	CONFIG_SERVER_WAITERS("governance.config.server.waiters", Meter.Type.GAUGE, null,
			"Watch requests that the config server holds", "governance-config-server"),

	/** Whether served configuration is refused. */
	CONFIG_STALE("governance.config.stale", Meter.Type.GAUGE, null,
			"1 while the newest configuration of the server is refused and an older one in force",
			"governance-starter-config"),

	/** The CPU load that load shedding decides by. */
	CPU_LOAD("governance.cpu.load", Meter.Type.GAUGE, null,
			"Smoothed load of the CPUs that this process may use, 0 to 1, as load shedding sees it; no number while it is unknown, or no rule asks for it",
			"governance-spring"),

	/** Calls whose time was up. */
	DEADLINE_EXCEEDED("governance.deadline.exceeded", Meter.Type.COUNTER, null,
			"Calls that were ended or not begun because their time was up", "governance-spring",
			new MeterTag("direction", "`inbound`, `outbound`")),

	/** Decisions of rules. */
	DECISIONS("governance.decisions", Meter.Type.COUNTER, null,
			"Decisions by rule; the series of a rule go with the rule", "governance-spring",
			new MeterTag("rule.type", "the types of the rules in force"), new MeterTag("rule.id", "their ids"),
			new MeterTag("decision",
					"`admitted`, `rejected`, `applied`, `failed`, and the events of the rule's type, "
							+ "such as `retried`, `budget-exhausted`, `opened`, `overflow`; of `sampling` its verdicts "
							+ "`sampled`, `not-sampled`, `capped`, `debug`, `parent`"),
			new MeterTag("reason", "`none`, the reasons of the rule's type, `other`"),
			new MeterTag("enforcement", "`enforced`, `shadow`")),

	/** Calls that wait for a connection. */
	DISCOVERY_CONNECTIONS_PENDING("governance.discovery.connections.pending", Meter.Type.GAUGE, null,
			"Calls of blocking clients that wait for a connection to an instance", "governance-starter-discovery"),

	/** Calls that got no connection. */
	DISCOVERY_CONNECTIONS_REJECTED("governance.discovery.connections.rejected", Meter.Type.COUNTER, null,
			"Calls of blocking clients that got no connection: too many waited, or they waited too long",
			"governance-starter-discovery"),

	/** Connections in use. */
	DISCOVERY_CONNECTIONS_USED("governance.discovery.connections.used", Meter.Type.GAUGE, null,
			"Connections to instances that blocking clients use now", "governance-starter-discovery"),

	/** Where this instance stands between start and end. */
	DISCOVERY_INSTANCE_STATE("governance.discovery.instance.state", Meter.Type.GAUGE, null,
			"1 for the state that this instance is in between its start and its end, 0 for the others",
			"governance-starter-discovery",
			new MeterTag("state", "`not-ready`, `in-service`, `leaving`, `out-of-service`, `refusing`, `stopping`")),

	/** Calls that came too late. */
	DISCOVERY_LATE_CALLS("governance.discovery.late.calls", Meter.Type.COUNTER, null,
			"Calls that were not run because this instance was about to stop", "governance-starter-discovery"),

	/** Age of unconfirmed instance lists. */
	DISCOVERY_LIST_AGE("governance.discovery.list.age", Meter.Type.GAUGE, "seconds",
			"Time since the registry confirmed the instances of a called service; 0 while it answers",
			"governance-starter-discovery",
			new MeterTag("service", "the followed services, bounded by `governance.discovery.view.maximum-services`")),

	/** Instances that are avoided. */
	DISCOVERY_LIST_AVOIDED("governance.discovery.list.avoided", Meter.Type.GAUGE, null,
			"Instances of a called service that calls avoid now, because no connection to them could be made",
			"governance-starter-discovery",
			new MeterTag("service", "the followed services, bounded by `governance.discovery.view.maximum-services`")),

	/** Instances that outlier detection leaves out. */
	DISCOVERY_LIST_EJECTED("governance.discovery.list.ejected", Meter.Type.GAUGE, null,
			"Instances of a called service that outlier detection leaves out now; counted in panic too",
			"governance-starter-discovery",
			new MeterTag("service", "the followed services, bounded by `governance.discovery.view.maximum-services`")),

	/** Destinations of routes that have no instance. */
	DISCOVERY_LIST_EMPTY("governance.discovery.list.empty", Meter.Type.GAUGE, null,
			"Destinations of route rules that no instance of a called service belongs to",
			"governance-starter-discovery",
			new MeterTag("service", "the followed services, bounded by `governance.discovery.view.maximum-services`")),

	/** Instances that calls may go to. */
	DISCOVERY_LIST_INSTANCES("governance.discovery.list.instances", Meter.Type.GAUGE, null,
			"Instances of a called service that calls may go to", "governance-starter-discovery",
			new MeterTag("service", "the followed services, bounded by `governance.discovery.view.maximum-services`")),

	/** Whether all instances are called because too many are bad. */
	DISCOVERY_LIST_PANIC("governance.discovery.list.panic", Meter.Type.GAUGE, null,
			"1 while so many instances of a called service are ejected, or the others are as bad, that all are called",
			"governance-starter-discovery",
			new MeterTag("service", "the followed services, bounded by `governance.discovery.view.maximum-services`")),

	/** How far instance lists can be trusted. */
	DISCOVERY_LIST_STATE("governance.discovery.list.state", Meter.Type.GAUGE, null,
			"1 for the state that the list of instances of a called service is in, 0 for the others",
			"governance-starter-discovery",
			new MeterTag("service", "the followed services, bounded by `governance.discovery.view.maximum-services`"),
			new MeterTag("state", "`unknown`, `live`, `stale`, `recovering`, `all-unhealthy`")),

	/** Whether this process is registered. */
	DISCOVERY_REGISTERED("governance.discovery.registered", Meter.Type.GAUGE, null,
			"1 while this process is registered", "governance-starter-discovery",
			new MeterTag("registry", "`consul`, `etcd`")),

	/** Whether this process is not registered though it should be. */
	DISCOVERY_REGISTRATION_LOST("governance.discovery.registration.lost", Meter.Type.GAUGE, null,
			"1 while this process should be called and is not: the registry is away, refuses, or its check fails",
			"governance-starter-discovery", new MeterTag("registry", "`consul`, `etcd`")),

	/** Where this process stands in the registry. */
	DISCOVERY_REGISTRATION_STATE("governance.discovery.registration.state", Meter.Type.GAUGE, null,
			"1 for the state that the registration of this process is in, 0 for the others",
			"governance-starter-discovery", new MeterTag("registry", "`consul`, `etcd`"),
			new MeterTag("state",
					"`not-wanted`, `pending`, `registered`, `maintenance`, `unhealthy`, `away`, `refused`, `left`")),

	/** How often this process was registered. */
	DISCOVERY_REGISTRATIONS("governance.discovery.registrations", Meter.Type.COUNTER, null,
			"How often this process was registered; more than once means lost and healed",
			"governance-starter-discovery", new MeterTag("registry", "`consul`, `etcd`")),

	/** Processes that share limits. */
	LEASE_INSTANCES("governance.lease.instances", Meter.Type.GAUGE, null,
			"Instances of this service that share its limits with scope cluster, as last known; 0 when it was never known",
			"governance-starter-resilience"),

	/** Whether the shared store of limits answers. */
	LEASE_STORE_UP("governance.lease.store.up", Meter.Type.GAUGE, null,
			"1 while the store answers that instances share limits by, or no rule needs it",
			"governance-starter-resilience"),

	/** Registrations that overflowed. */
	METRICS_OVERFLOW("governance.metrics.overflow", Meter.Type.COUNTER, null,
			"Values recorded under `_other` because a meter has as many tag values or series as it may have",
			"governance-starter-tracing", new MeterTag("meter", "the names in `governance.tracing.metrics.bounded`")),

	/** Attempts by destination of a route. */
	ROUTE_ATTEMPTS("governance.route.attempts", Meter.Type.COUNTER, null,
			"Attempts that a route rule sent to one of its destinations; the series go with the rule",
			"governance-starter-discovery", new MeterTag("service", "the services this process calls"),
			new MeterTag("rule.id", "the ids of the route rules in force"),
			new MeterTag("subset", "their destinations, such as `version=2`; `all`")),

	/** Rules in force. */
	RULES("governance.rules", Meter.Type.GAUGE, null, "Rules in force", "governance-spring"),

	/** Age of the rules in force. */
	RULES_AGE("governance.rules.age", Meter.Type.GAUGE, "seconds", "Time since the rules in force were applied",
			"governance-spring"),

	/** Refused rule sets. */
	RULES_REFUSED("governance.rules.refused", Meter.Type.COUNTER, null, "Rule sets refused since the start",
			"governance-spring"),

	/** Whether older rules are in force. */
	RULES_STALE("governance.rules.stale", Meter.Type.GAUGE, null,
			"1 while the newest rules are refused and older ones in force", "governance-spring"),

	/** Requests to the tracing backend. */
	TRACING_EXPORT_MESSAGES("governance.tracing.export.messages", Meter.Type.COUNTER, null,
			"Requests to the tracing backend; a message that is tried again counts again", "governance-starter-tracing",
			new MeterTag("outcome", "`sent`, `failed`")),

	/** Bytes that wait for export. */
	TRACING_EXPORT_QUEUE("governance.tracing.export.queue", Meter.Type.GAUGE, "bytes",
			"Encoded spans that wait for export", "governance-starter-tracing"),

	/** Spans that wait for export. */
	TRACING_EXPORT_QUEUED("governance.tracing.export.queued", Meter.Type.GAUGE, null,
			"Number of spans that wait for export", "governance-starter-tracing"),

	/** What became of sampled spans. */
	TRACING_EXPORT_SPANS("governance.tracing.export.spans", Meter.Type.COUNTER, null,
			"What became of sampled spans where a backend is configured", "governance-starter-tracing",
			new MeterTag("outcome", "`exported`, `dropped`"),
			new MeterTag("reason", "`none`; of drops `queue-full`, `send-failed`, `rejected`, `encoding`, `shutdown`"));

	private final String meterName;

	private final Meter.Type type;

	private final @Nullable String unit;

	private final String description;

	private final String module;

	private final List<MeterTag> tags;

	GovernanceMeter(String meterName, Meter.Type type, @Nullable String unit, String description, String module,
			MeterTag... tags) {
		this.meterName = meterName;
		this.type = type;
		this.unit = unit;
		this.description = description;
		this.module = module;
		this.tags = List.of(tags);
	}

	/**
	 * The meter's name in Micrometer; registries derive theirs from it.
	 * @return the name, with dots
	 */
	public String meterName() {
		return this.meterName;
	}

	/**
	 * What kind of meter it is.
	 * @return the type
	 */
	public Meter.Type type() {
		return this.type;
	}

	/**
	 * The unit of its values.
	 * @return the unit, such as {@code seconds}; {@code null} for counts and states
	 */
	public @Nullable String unit() {
		return this.unit;
	}

	/**
	 * What it says.
	 * @return a sentence without its full stop
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Which module emits it.
	 * @return the module's name
	 */
	public String module() {
		return this.module;
	}

	/**
	 * Its tags, in the order in which values are given.
	 * @return the tags
	 */
	public List<MeterTag> tags() {
		return this.tags;
	}

	/**
	 * A gauge that shows a value.
	 * @param <T> what is looked at
	 * @param source what is looked at; held weakly
	 * @param value its value now
	 * @param tagValues the values of {@link #tags()}
	 * @return a builder to register
	 */
	public <T> Gauge.Builder<T> gauge(T source, ToDoubleFunction<T> value, String... tagValues) {
		return Gauge.builder(name(Meter.Type.GAUGE), source, value)
			.description(this.description)
			.baseUnit(this.unit)
			.tags(values(tagValues));
	}

	/**
	 * A counter that shows what is counted elsewhere.
	 * @param <T> what counts
	 * @param source what counts; held weakly
	 * @param count its count now, which never falls
	 * @param tagValues the values of {@link #tags()}
	 * @return a builder to register
	 */
	public <T> FunctionCounter.Builder<T> counter(T source, ToDoubleFunction<T> count, String... tagValues) {
		return FunctionCounter.builder(name(Meter.Type.COUNTER), source, count)
			.description(this.description)
			.baseUnit(this.unit)
			.tags(values(tagValues));
	}

	/**
	 * A counter that counts itself.
	 * @param tagValues the values of {@link #tags()}
	 * @return a builder to register
	 */
	public Counter.Builder counter(String... tagValues) {
		return Counter.builder(name(Meter.Type.COUNTER))
			.description(this.description)
			.baseUnit(this.unit)
			.tags(values(tagValues));
	}

	private String name(Meter.Type wanted) {
		if (wanted != this.type) {
			throw new IllegalStateException(this.meterName + ": " + wanted + " (expected: " + this.type + ")");
		}
		return this.meterName;
	}

	private List<Tag> values(String[] tagValues) {
		if (tagValues.length != this.tags.size()) {
			throw new IllegalArgumentException("tags of " + this.meterName + ": " + List.of(tagValues)
					+ " (expected: values of " + this.tags + ")");
		}
		return IntStream.range(0, tagValues.length)
			.mapToObj((i) -> Tag.of(this.tags.get(i).key(), tagValues[i]))
			.toList();
	}

	/**
	 * A tag of a meter.
	 *
	 * @param key its key
	 * @param values what its values can be, in words: they must be few
	 */
	public record MeterTag(String key, String values) {

		@Override
		public String toString() {
			return this.key;
		}

	}

}
