// SPDX-License-Identifier: Apache-2.0

package io.governance.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.governance.binding.LiveRules;
import io.governance.binding.RuleFault;
import io.governance.binding.RuleStatus;
import io.governance.engine.EffectiveRule;
import io.governance.engine.PolicyEngine;
import io.governance.engine.RecentRejection;
import io.governance.policy.Segment;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Lists the rules as they act in this process, and explains what they would do to a call.
 */
@Endpoint(id = "governance")
public final class GovernanceEndpoint {

	private static final String NOT_ENFORCED = "not enforced here: no adapter for this side";

	private static final String CHAIN = "chain";

	private static final String EXPLAIN = "explain";

	private final PolicyEngine engine;

	private final LiveRules rules;

	private final List<EnforcementPoint> points;

	/**
	 * Creates the endpoint.
	 * @param engine runs the rules
	 * @param rules knows what was refused
	 * @param points what runs the chain in this process
	 */
	public GovernanceEndpoint(PolicyEngine engine, LiveRules rules, List<EnforcementPoint> points) {
		this.engine = engine;
		this.rules = rules;
		this.points = List.copyOf(points);
	}

	/**
	 * The rules in force.
	 * @return the rules, in the order of the chain
	 */
	@ReadOperation
	public Description rules() {
		RuleStatus status = this.rules.status();
		Map<Segment, String> adapters = new TreeMap<>();
		this.points.stream()
			.filter((point) -> !point.description().isEmpty())
			.forEach((point) -> adapters.merge(point.segment(), point.description(),
					(one, other) -> one + ", " + other));
		return new Description(status.revision(), Instant.ofEpochMilli(status.appliedAtMillis()), status.faults(),
				adapters, this.engine.effectiveRules().stream().map((rule) -> describe(rule, adapters)).toList(),
				this.engine.recentRejections().stream().map(RejectedCall::of).toList());
	}

	/**
	 * The chain in force for an operation, in order, with the state of each rule.
	 * @param view must be {@code chain}
	 * @param direction {@code inbound} or {@code outbound}
	 * @param service the called service
	 * @param method the HTTP method
	 * @param path the path, still encoded
	 * @return the chain, or what is wrong with the question
	 */
	@ReadOperation
	public WebEndpointResponse<Object> chain(@Selector String view, @Nullable String direction,
			@Nullable String service, @Nullable String method, @Nullable String path) {
		return CHAIN.equals(view) ? explain(new CallFields().with("direction", direction)
			.with("service", service)
			.with("method", method)
			.with("path", path)) : new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

	/**
	 * What would happen to a call, and why. Nothing is taken, changed or counted.
	 * @param view must be {@code explain}
	 * @param direction {@code inbound} or {@code outbound}; by default as the service
	 * says
	 * @param service the called service; by default this one
	 * @param method the HTTP method; {@code GET} by default
	 * @param path the path, still encoded; {@code /} by default
	 * @param host the host that the caller addressed
	 * @param headers a line for each, such as {@code x-user-group: tester}
	 * @param query as in an address, such as {@code a=1&b=2}
	 * @param caller the calling service
	 * @param labels divided by commas, such as {@code lane=blue}
	 * @param priority {@code critical}, {@code default} or {@code sheddable}
	 * @param principal the authenticated principal's name
	 * @param clientIp the address of the client
	 * @return what would happen, or what is wrong with the description
	 */
	@WriteOperation
	@SuppressWarnings("checkstyle:parameternumber") // each is a field of the body
	public WebEndpointResponse<Object> explain(@Selector String view, @Nullable String direction,
			@Nullable String service, @Nullable String method, @Nullable String path, @Nullable String host,
			@Nullable String headers, @Nullable String query, @Nullable String caller, @Nullable String labels,
			@Nullable String priority, @Nullable String principal, @Nullable String clientIp) {
		if (!EXPLAIN.equals(view)) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		return explain(new CallFields().with("direction", direction)
			.with("service", service)
			.with("method", method)
			.with("path", path)
			.with("host", host)
			.with("headers", headers)
			.with("query", query)
			.with("caller", caller)
			.with("labels", labels)
			.with("priority", priority)
			.with("principal", principal)
			.with("clientIp", clientIp));
	}

	private WebEndpointResponse<Object> explain(CallFields fields) {
		try {
			DescribedCall call = new DescribedCall(fields.values(), this.engine.service());
			Set<Segment> run = this.points.stream()
				.filter((point) -> !point.description().isEmpty())
				.map(EnforcementPoint::segment)
				.collect(Collectors.toSet());
			return new WebEndpointResponse<>(ExplainedCall.of(call, this.engine.explain(call, run)));
		}
		catch (InvalidFieldException ex) {
			return new WebEndpointResponse<>(ex.fault(), WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

	private static DescribedRule describe(EffectiveRule rule, Map<Segment, String> adapters) {
		String note = adapters.containsKey(rule.stage().segment()) ? null : NOT_ENFORCED;
		return new DescribedRule(rule.type(), rule.id(), rule.origin(), rule.revision(), rule.direction().name(),
				rule.stage().name(), rule.enforcement().name(), rule.state(), note, rule.rule());
	}

	/**
	 * The rules in force and how they came to be.
	 *
	 * @param revision the rule set in force
	 * @param appliedAt when it was put in force
	 * @param refused why a newer set is not in force; empty when this is the newest
	 * @param enforcedBy what runs each segment of the chain in this process
	 * @param rules the rules, in the order of the chain
	 * @param lastRejections the last calls that rules rejected, the newest first; 50 at
	 * most, and of a flood ten a second
	 */
	public record Description(String revision, Instant appliedAt, List<RuleFault> refused,
			Map<Segment, String> enforcedBy, List<DescribedRule> rules, List<RejectedCall> lastRejections) {
	}

	/**
	 * A call that a rule rejected.
	 *
	 * @param at when
	 * @param rule the rule
	 * @param reason why
	 * @param direction the side
	 * @param service the called service
	 * @param method the HTTP method
	 * @param path the path, without the query
	 * @param caller the calling service, when known
	 */
	public record RejectedCall(Instant at, @Nullable String rule, String reason, String direction, String service,
			String method, String path, @Nullable String caller) {

		static RejectedCall of(RecentRejection rejection) {
			return new RejectedCall(Instant.ofEpochMilli(rejection.epochMillis()), rejection.rule(),
					rejection.reason().name(), rejection.direction().name(), rejection.service(), rejection.method(),
					rejection.path(), rejection.caller());
		}

	}

	/**
	 * A rule as it acts in this process.
	 *
	 * @param type its type
	 * @param id its id
	 * @param origin where it was written
	 * @param revision the rule set it came with
	 * @param direction the side it acts on
	 * @param stage where in the chain it acts
	 * @param enforcement what it may do, kill switches considered
	 * @param state the running state
	 * @param note what keeps it from acting here, if anything
	 * @param rule the rule itself
	 */
	public record DescribedRule(String type, String id, String origin, String revision, String direction, String stage,
			String enforcement, String state, @Nullable String note, Object rule) {
	}

}
