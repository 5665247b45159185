// SPDX-License-Identifier: Apache-2.0

package io.governance.bean;

/**
 * A bean of the application that a rule names.
 *
 * @param component the component of the rule in which it is named
 * @param name the bean's name
 * @param type what the bean must be
 */
public record BeanReference(String component, String name, Class<?> type) {
}
