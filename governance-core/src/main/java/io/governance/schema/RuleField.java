// SPDX-License-Identifier: Apache-2.0

package io.governance.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of a rule record. Schema, documents, console forms and the
 * actuator derive from it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface RuleField {

	/**
	 * What the component means, in a sentence.
	 * @return the description
	 */
	String value();

	/**
	 * The default, as it would be written.
	 * @return the default; empty for none
	 */
	String defaultValue() default "";

	/**
	 * What is allowed, in words, such as {@code 1 or more}.
	 * @return the bounds; empty for none
	 */
	String bounds() default "";

	/**
	 * Whether a rule without it is not valid.
	 * @return whether it is required
	 */
	boolean required() default false;

}
