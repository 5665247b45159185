// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.governance.bean.NamedBeans;
import io.governance.policy.Enforcement;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.rule.RuleType;
import io.governance.rule.RuleTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.env.PropertySources;

/**
 * Binds the rules of {@code governance.rules.<type>.<id>.*} and the kill switches of
 * {@code governance.enforcement.*}: whole, with all faults, or not at all. Stateless and
 * thread-safe.
 */
public final class RuleBinder {

	private static final String UNKNOWN_TYPES = "governance.unknown-rule-types";

	private static final String ENFORCEMENT = "governance.enforcement";

	private static final String DEFAULTS = "governance.defaults.enabled";

	private final RuleTypes types;

	private final @Nullable NamedBeans beans;

	private final ConversionService conversions = RuleConversions.conversionService();

	/**
	 * Creates a binder for rules that other processes will enforce.
	 * @param types the known rule types
	 */
	public RuleBinder(RuleTypes types) {
		this.types = types;
		this.beans = null;
	}

	/**
	 * Creates a binder for rules that this process enforces.
	 * @param types the known rule types
	 * @param beans what rules may name; one that names what is not there is not valid
	 */
	public RuleBinder(RuleTypes types, NamedBeans beans) {
		this.types = types;
		this.beans = beans;
	}

	/**
	 * Binds a whole rule set.
	 * @param propertySources where the rules are written, first one first
	 * @return the rule set, built-in rules included, or all faults
	 */
	public RuleBinding bind(PropertySources propertySources) {
		Iterable<ConfigurationPropertySource> sources = ConfigurationPropertySources.from(propertySources);
		Binder binder = new Binder(sources, new PropertySourcesPlaceholdersResolver(propertySources), this.conversions);
		RuleOrigins origins = new RuleOrigins(sources);
		FaultCollector settings = new FaultCollector(origins);
		boolean refuseUnknown = binder.bind(UNKNOWN_TYPES, Bindable.of(UnknownRuleTypes.class), settings)
			.orElse(UnknownRuleTypes.REFUSE) == UnknownRuleTypes.REFUSE;
		boolean defaults = binder.bind(DEFAULTS, Bindable.of(Boolean.class), settings).orElse(true);
		List<RuleFault> faults = new ArrayList<>();
		List<RuleDefinition<?>> rules = new ArrayList<>(defaults ? this.types.defaults() : List.of());
		SingleRuleBinder single = new SingleRuleBinder(binder, origins, this.beans);
		faults.addAll(single.notByType());
		RuleNames names = new RuleNames(sources);
		names.twins().forEach((other, twin) -> faults.add(single.twin(twin, other)));
		for (RuleName name : names.all()) {
			RuleType<?> type = type(name.type());
			if (type != null) {
				single.bind(name, type, rules, faults);
			}
			else if (refuseUnknown) {
				faults.add(single.unknownType(name, this.types));
			}
		}
		EnforcementOverrides overrides = overrides(binder, settings, origins, faults);
		faults.addAll(settings.faults());
		if (!faults.isEmpty()) {
			return new RuleBinding(null, faults);
		}
		rules.sort(Comparator.comparing(RuleDefinition::key));
		return new RuleBinding(new RuleSet(revision(rules, overrides), rules, overrides), List.of());
	}

	private EnforcementOverrides overrides(Binder binder, FaultCollector settings, RuleOrigins origins,
			List<RuleFault> faults) {
		Map<String, Enforcement> byType = new TreeMap<>();
		Enforcement all = Enforcement.ENFORCED;
		for (Map.Entry<String, Enforcement> entry : binder
			.bind(ENFORCEMENT, Bindable.mapOf(String.class, Enforcement.class), settings)
			.orElse(Map.of())
			.entrySet()) {
			RuleType<?> type = type(entry.getKey());
			if ("all".equals(uniform(entry.getKey()))) {
				all = entry.getValue();
			}
			else if (type != null) {
				byType.put(type.name(), entry.getValue());
			}
			else {
				String property = ENFORCEMENT + "." + entry.getKey();
				faults.add(new RuleFault(property,
						"unknown rule type (expected: all or " + SingleRuleBinder.names(this.types) + ")",
						RuleOrigins.describe(origins.find(ConfigurationPropertyName.adapt(property, '.')))));
			}
		}
		return new EnforcementOverrides(all, byType);
	}

	private @Nullable RuleType<?> type(String written) {
		RuleType<?> exact = this.types.find(written);
		if (exact != null) {
			return exact;
		}
		String uniform = uniform(written);
		return this.types.all().stream().filter((type) -> uniform(type.name()).equals(uniform)).findAny().orElse(null);
	}

	private static String uniform(String name) {
		return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * The same rules have the same revision, wherever they were written.
	 */
	private static String revision(List<RuleDefinition<?>> rules, EnforcementOverrides overrides) {
		int hash = new TreeMap<>(overrides.byType()).toString().hashCode() * 31 + overrides.all().name().hashCode();
		for (RuleDefinition<?> definition : rules) {
			hash = hash * 31 + definition.key().hashCode();
			hash = hash * 31 + definition.rule().toString().hashCode();
		}
		return String.format(Locale.ROOT, "%08x", hash);
	}

	/** What to do with rules of unknown types. */
	enum UnknownRuleTypes {

		/** Refuse the whole set. */
		REFUSE,

		/** Leave them out, for the time of an upgrade. */
		IGNORE

	}

}
