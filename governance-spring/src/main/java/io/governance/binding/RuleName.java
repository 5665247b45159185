// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * A rule as it is named in properties.
 *
 * @param type the type as written
 * @param id the id as written; {@code null} for a value in the place of a whole type
 * @param property one of the rule's properties, to look up an origin with
 */
record RuleName(String type, @Nullable String id, ConfigurationPropertyName property) {

	private static final int TYPE = 2;

	private static final int ID = 3;

	static RuleName of(ConfigurationPropertyName property) {
		String id = (property.getNumberOfElements() > ID) ? property.getElement(ID, Form.ORIGINAL) : null;
		return new RuleName(property.getElement(TYPE, Form.ORIGINAL), id, property);
	}

	/**
	 * Returns whichever name tells more: a file's dashes over an environment variable's
	 * lack of them.
	 */
	RuleName clearer(RuleName other) {
		return (other.written().length() > written().length()) ? other : this;
	}

	String written() {
		return (this.id != null) ? this.type + "." + this.id : this.type;
	}

	/**
	 * What is the same for all spellings of the rule.
	 */
	String uniform() {
		String uniform = this.property.getElement(TYPE, Form.UNIFORM);
		return (this.id != null) ? uniform + "." + this.property.getElement(ID, Form.UNIFORM) : uniform;
	}

	String requireId() {
		return Objects.requireNonNull(this.id, "a rule with an id");
	}

	ConfigurationPropertyName root() {
		return this.property.chop(ID + 1);
	}

}
