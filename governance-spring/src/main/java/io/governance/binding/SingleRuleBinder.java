// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.governance.bean.BeanReference;
import io.governance.bean.NamedBeans;
import io.governance.policy.Direction;
import io.governance.rule.Rule;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleType;
import io.governance.rule.RuleTypes;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Binds and validates one rule at a time.
 */
final class SingleRuleBinder {

	private static final Pattern ID = Pattern.compile("[a-z0-9-]+");

	private static final Pattern YAML_WORD = Pattern.compile("true|false|on|off|yes|no|y|n");

	private final Binder binder;

	private final RuleOrigins origins;

	private final @Nullable NamedBeans beans;

	SingleRuleBinder(Binder binder, RuleOrigins origins, @Nullable NamedBeans beans) {
		this.binder = binder;
		this.origins = origins;
		this.beans = beans;
	}

	static String names(RuleTypes types) {
		return types.all().stream().map(RuleType::name).collect(Collectors.joining(", "));
	}

	RuleFault unknownType(RuleName name, RuleTypes types) {
		return fault(name, "unknown rule type " + name.type() + " (expected: " + names(types) + ")");
	}

	/**
	 * A value in the place of all rules, which would be no rules at all.
	 */
	List<RuleFault> notByType() {
		ConfigurationProperty property = this.origins.find(RuleNames.ROOT);
		if (property == null || String.valueOf(property.getValue()).isBlank()) {
			return List.of();
		}
		return List.of(new RuleFault(RuleNames.ROOT.toString(),
				"\"" + property.getValue() + "\" (expected: rules by type and id)", RuleOrigins.describe(property)));
	}

	RuleFault twin(RuleName name, String other) {
		return fault(name, name.written() + " beside " + other
				+ ", which is the same rule (expected: ids that differ in more than dashes and case)");
	}

	<R extends Rule> void bind(RuleName name, RuleType<R> type, List<RuleDefinition<?>> rules, List<RuleFault> faults) {
		String wrongName = wrongName(name);
		if (wrongName != null) {
			faults.add(fault(name, wrongName));
			return;
		}
		FaultCollector collector = new FaultCollector(this.origins);
		R rule = bind(name, type, collector);
		faults.addAll(collector.faults());
		if (!collector.faults().isEmpty() || rule == null) {
			return;
		}
		List<Violation> violations = validate(type, rule);
		violations.forEach((violation) -> faults.add(fault(name, violation)));
		if (violations.isEmpty()) {
			rules.removeIf((other) -> other.type() == type && other.id().equals(name.requireId()));
			rules.add(new RuleDefinition<>(type, name.requireId(), rule,
					RuleOrigins.describe(this.origins.find(name.property()))));
		}
	}

	private <R extends Rule> @Nullable R bind(RuleName name, RuleType<R> type, FaultCollector collector) {
		try {
			return this.binder
				.bind(name.root(), Bindable.of(type.ruleClass()), new NoUnboundElementsBindHandler(collector))
				.orElse(null);
		}
		catch (BindException ex) {
			// unknown keys that stand beside other faults are thrown past the handler
			collector.add(ex);
			return null;
		}
	}

	private @Nullable String wrongName(RuleName name) {
		ConfigurationProperty property = this.origins.find(name.property());
		Object value = (property != null) ? property.getValue() : "";
		if (name.id() == null) {
			return "\"" + value + "\" (expected: rules by id below " + name.type() + ")";
		}
		if (!ID.matcher(name.id()).matches() || YAML_WORD.matcher(name.id()).matches()) {
			return "id " + name.id() + " (expected: lower-case letters, digits and dashes; no words of YAML's own)";
		}
		boolean scalar = name.property().getNumberOfElements() == name.root().getNumberOfElements();
		return (scalar && this.origins.find(name.root()) != null)
				? "\"" + value + "\" (expected: a rule with at least one field)" : null;
	}

	private <R extends Rule> List<Violation> validate(RuleType<R> type, R rule) {
		List<Violation> violations = new ArrayList<>(rule.match().validate());
		violations.addAll(type.validate(rule));
		violations.addAll(missingBeans(type.beans(rule)));
		Direction direction = rule.match().direction();
		if (direction != null && !type.directions().contains(direction)) {
			violations.add(new Violation("match.direction", direction.name(), "one of " + type.directions()));
		}
		return violations;
	}

	private List<Violation> missingBeans(List<BeanReference> references) {
		NamedBeans known = this.beans;
		return (known == null) ? List.of()
				: references.stream()
					.filter((bean) -> !known.contains(bean.name(), bean.type()))
					.map((bean) -> new Violation(bean.component(), bean.name(),
							"the name of a bean of type " + bean.type().getName()))
					.toList();
	}

	private RuleFault fault(RuleName name, Violation violation) {
		ConfigurationPropertyName component = name.root();
		ConfigurationProperty property = null;
		try {
			component = name.root().append(violation.component());
			property = this.origins.find(component);
		}
		catch (RuntimeException ex) {
			// the component is not a property name of its own: a map key, say
		}
		property = (property != null) ? property : this.origins.find(name.property());
		return new RuleFault(name.root() + "." + violation.component(),
				violation.value() + " (expected: " + violation.expected() + ")", RuleOrigins.describe(property));
	}

	private RuleFault fault(RuleName name, String problem) {
		return new RuleFault(name.property().toString(), problem,
				RuleOrigins.describe(this.origins.find(name.property())));
	}

}
