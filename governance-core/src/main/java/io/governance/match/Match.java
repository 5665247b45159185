// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.governance.policy.Direction;
import io.governance.schema.RuleField;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a rule is for: all conditions that are set must hold. An empty match holds
 * for every call.
 *
 * @param direction the side of the hop; the rule type's own when not set
 * @param service the called service; for an inbound rule the service that enforces it
 * @param methods HTTP methods, any of them
 * @param path a path pattern, see {@link PathPattern}
 * @param hosts hosts the caller addressed, any of them, without port
 * @param headers conditions by header name
 * @param query conditions by query parameter
 * @param caller condition on the calling service
 * @param labels conditions by baggage key
 */
public record Match(@RuleField("The side of the hop on which the rule acts.") @Nullable Direction direction,
		@RuleField("The called service; for an inbound rule the service that enforces it.") @Nullable String service,
		@RuleField("HTTP methods, any of them.") List<String> methods,
		@RuleField("Path pattern: literals, {x} or * per segment, ** last.") @Nullable String path,
		@RuleField("Hosts the caller addressed, any of them, without port.") List<String> hosts,
		@RuleField("Conditions by header name.") Map<String, StringMatch> headers,
		@RuleField("Conditions by query parameter.") Map<String, StringMatch> query,
		@RuleField("Condition on the calling service.") @Nullable StringMatch caller,
		@RuleField("Conditions by baggage key.") Map<String, StringMatch> labels) {

	/** Holds for every call. */
	public static final Match ANY = new Match(null, null, List.of(), null, List.of(), Map.of(), Map.of(), null,
			Map.of());

	private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]*");

	private static final Pattern HOST = Pattern.compile("[^:/*\\s]+|\\[[0-9a-f:.]+]");

	/**
	 * Normalises: absent collections are empty, methods in upper case, hosts in lower.
	 */
	public Match {
		methods = (methods != null) ? methods.stream().map((method) -> method.toUpperCase(Locale.ROOT)).toList()
				: List.of();
		hosts = (hosts != null) ? hosts.stream().map((host) -> host.toLowerCase(Locale.ROOT)).toList() : List.of();
		headers = sorted(headers);
		query = sorted(query);
		labels = sorted(labels);
	}

	/**
	 * The same conditions must print the same in every process: revisions are made of it.
	 */
	private static Map<String, StringMatch> sorted(@Nullable Map<String, StringMatch> conditions) {
		return (conditions != null) ? Collections.unmodifiableMap(new TreeMap<>(conditions)) : Map.of();
	}

	/**
	 * Matches the calls of one service.
	 * @param service the called service
	 * @return the match
	 */
	public static Match service(String service) {
		return new Match(null, service, List.of(), null, List.of(), Map.of(), Map.of(), null, Map.of());
	}

	/**
	 * Checks the conditions.
	 * @return what is wrong, with component paths below {@code match}; empty when valid
	 */
	public List<Violation> validate() {
		List<Violation> violations = new ArrayList<>();
		if (this.service != null && (this.service.isBlank() || StringMatch.isUnresolved(this.service))) {
			violations.add(new Violation("match.service", this.service.isBlank() ? "\"\"" : this.service,
					"the name of a service"));
		}
		this.methods.stream()
			.filter((method) -> !METHOD.matcher(method).matches())
			.forEach((method) -> violations.add(new Violation("match.methods", method, "names of HTTP methods")));
		this.hosts.stream()
			.filter((host) -> !HOST.matcher(host).matches())
			.forEach((host) -> violations.add(new Violation("match.hosts", host, "host names without port")));
		if (this.path != null) {
			String fault = PathPattern.fault(this.path);
			if (fault != null) {
				violations.add(new Violation("match.path", this.path, fault));
			}
		}
		validate("match.headers", this.headers, violations);
		validate("match.query", this.query, violations);
		validate("match.labels", this.labels, violations);
		if (this.caller != null) {
			violations.addAll(this.caller.validate("match.caller"));
		}
		return violations;
	}

	private static void validate(String component, Map<String, StringMatch> conditions, List<Violation> violations) {
		conditions.forEach((name, match) -> violations.addAll(match.validate(component + "." + name)));
		// what was written as a list has the numbers of its elements for names
		conditions.keySet()
			.stream()
			.filter((name) -> name.chars().allMatch(Character::isDigit))
			.forEach((name) -> violations.add(new Violation(component + "." + name, name, "conditions by name")));
	}

	/**
	 * How many conditions are set, the path left out: more conditions are more specific.
	 * @return the number of conditions
	 */
	public int conditions() {
		return ((this.service != null) ? 1 : 0) + ((!this.methods.isEmpty()) ? 1 : 0)
				+ ((!this.hosts.isEmpty()) ? 1 : 0) + this.headers.size() + this.query.size()
				+ ((this.caller != null) ? 1 : 0) + this.labels.size();
	}

}
